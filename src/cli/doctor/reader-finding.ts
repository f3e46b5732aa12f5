import { SECOND_READER } from '../../bot/second-reader/index.ts'
import type { Finding } from '../../channels/plugin.ts'
import { type Config, listenerOf, modelOf } from '../../config.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { ModelSettings } from '../../infra/model/post-to-model.ts'
import { addressesOf, hostOf, isPrivate } from '../../infra/model/private-address.ts'

/** A model that is asked: how it is called, its settings, and what leaves the bank where it is outside. */
interface Asked {
  readonly zh: string
  readonly en: string
  readonly setting: 'READER' | 'LISTENER'
  readonly allows: keyof Config
  readonly sends: Text
}

const READER: Asked = {
  ...{ zh: '第二读者', en: 'second reader', setting: 'READER' },
  allows: 'READER_TEXT_OF_CLIENTS_MAY_GO_OUTSIDE',
  sends: {
    zh: '没听懂的话会发到行外，其中行里不认识的人名不会被替换',
    en: 'lines that are not understood go there, with the names of people whom the bank does not know',
  },
}
const LISTENER: Asked = {
  ...{ zh: '语音转文字', en: 'listener', setting: 'LISTENER' },
  allows: 'LISTENER_VOICE_OF_CLIENTS_MAY_GO_OUTSIDE',
  sends: {
    zh: '平台自己没转成文字的语音会原样发到行外',
    en: 'voice messages that the chat service does not write down go there as they are',
  },
}

/** Where the second reader and the listener send what they are asked, and whether they may; none where there is none. */
export async function readerFindings(config: Config): Promise<Finding[]> {
  const found = await Promise.all([
    findingsOf(config, READER, modelOf(config)),
    findingsOf(config, LISTENER, listenerOf(config)),
  ])
  return found.flat()
}

async function findingsOf(
  config: Config,
  { zh, en, setting, allows, sends }: Asked,
  settings: ModelSettings | null,
): Promise<Finding[]> {
  if (!settings) {
    if (!config[`${setting}_URL`] && !config[`${setting}_MODEL`]) return []
    const text = `${zh}只配置了一部分：${setting}_URL 和 ${setting}_MODEL 都要有。 The ${en} needs both ${setting}_URL and ${setting}_MODEL.`
    return [{ state: 'no', text }]
  }
  const host = hostOf(new URL(settings.url))
  const addresses = await addressesOf(host).catch(() => [])
  const at = `${settings.model} @ ${host} (${addresses.join(', ') || '?'})`
  if (addresses.length === 0) {
    const text = `${zh} ${at}：这个名字找不到地址，什么都不会发去。 The ${en}'s host has no address; nothing is asked of it.`
    return [{ state: 'no', text }]
  }
  if (addresses.every(isPrivate)) {
    return [{ state: 'ok', text: `${zh} ${en}: ${at}, 内网 private` }]
  }
  return settings.mayGoOutside
    ? [
        {
          state: 'note',
          text: `${zh} ${at} 不在内网：${sends.zh}。 The ${en} is outside: ${sends.en}.`,
        },
      ]
    : [
        {
          state: 'no',
          text: `${zh} ${at} 不在内网，不会发送任何内容。要用就换成内网地址；确实允许这些内容出行，才设 ${allows}=yes。 The ${en} is not on a private network: nothing is sent there unless that setting says so.`,
        },
      ]
}

/** How often it was asked in the last thirty days, and what came. */
export async function readerUse(tx: Queries): Promise<Finding[]> {
  const rows = await tx.$queryRaw<{ came: string; times: number }[]>`
    select input ->> 'came' as came, count(*)::int as times from act
    where command = ${SECOND_READER} and at > now() - interval '30 days'
    group by 1 order by 2 desc, 1`
  if (rows.length === 0) return []
  const said = rows.map(({ came, times }) => `${came} ${times}`).join(', ')
  return [{ state: 'ok', text: `第二读者近 30 天 second reader, last 30 days: ${said}` }]
}
