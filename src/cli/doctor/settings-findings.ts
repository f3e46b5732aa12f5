import type { Finding } from '../../channels/plugin.ts'
import type { Config } from '../../config.ts'

/** The last look for lists that are due (`push-morning`), less what they may be spread over. */
const LAST_LIST = '23:50'

/** Settings that are each right, and together or at this value not what anybody wants. */
export function settingsFindings(config: Config, chats: readonly string[]): Finding[] {
  const found: (readonly [zh: string, en: string] | false)[] = [
    config.DATABASE_URL !== undefined &&
      config.DATA_DIR !== undefined && [
        '同时设置了 DATABASE_URL 和 DATA_DIR：用的是 DATABASE_URL，DATA_DIR 里的内嵌数据库不会被读写；请去掉一个。',
        'Both DATABASE_URL and DATA_DIR are set: DATABASE_URL is used, and the embedded database in DATA_DIR neither read nor written. Take one away.',
      ],
    config.MORNING_AT > LAST_LIST && [
      `MORNING_AT 是 ${config.MORNING_AT}，晚于当天最后一次发送，没有自定时间的人收不到清单；请改成早上的时间，如 08:07。`,
      `MORNING_AT is ${config.MORNING_AT}, later than the day's last look: whoever chose no time of their own gets no list. Set a time in the morning, such as 08:07.`,
    ],
    config.WECOM_CONTACT_SECRET !== undefined &&
      !chats.includes('wecom-app') && [
        '设置了 WECOM_CONTACT_SECRET，但没有配置企业微信应用（WECOM_CORP_ID 等）：转介页不会有客户经理的联系码。',
        'WECOM_CONTACT_SECRET is set without the WeCom app (WECOM_CORP_ID and its like): referral pages show no contact code.',
      ],
    !config.PUBLIC_URL &&
      chats.some((name) => name !== 'web') && [
        '没有设置 PUBLIC_URL：转介码、看板和签到的链接指向本机，别人打不开；请设为外面能打开的地址。',
        'PUBLIC_URL is not set: links to referral pages, the desk and the door lead to this machine, and open for nobody else. Set the address by which the pages are reached.',
      ],
  ]
  return found.flatMap((each) => (each ? [{ state: 'note', text: `${each[0]} ${each[1]}` }] : []))
}
