import { SECOND_READER } from '../../bot/second-reader/index.ts'
import type { Finding } from '../../channels/plugin.ts'
import { type Config, modelOf } from '../../config.ts'
import type { Queries } from '../../infra/database/index.ts'
import { addressesOf, hostOf, isPrivate } from '../../infra/model/private-address.ts'

/** Where the second reader sends what it is asked, and whether it may; none where there is no reader. */
export async function readerFindings(config: Config): Promise<Finding[]> {
  const settings = modelOf(config)
  if (!settings) {
    if (!config.READER_URL && !config.READER_MODEL) return []
    const text =
      '第二读者只配置了一部分：READER_URL 和 READER_MODEL 都要有。 The second reader needs both READER_URL and READER_MODEL.'
    return [{ state: 'no', text }]
  }
  const host = hostOf(new URL(settings.url))
  const addresses = await addressesOf(host).catch(() => [])
  const at = `${settings.model} @ ${host} (${addresses.join(', ') || '?'})`
  if (addresses.length === 0) {
    const text = `第二读者 ${at}：这个名字找不到地址，没听懂的话不会再问。 The second reader's host has no address; nothing is asked of it.`
    return [{ state: 'no', text }]
  }
  if (addresses.every(isPrivate)) {
    return [{ state: 'ok', text: `第二读者 second reader: ${at}, 内网 private` }]
  }
  return settings.mayGoOutside
    ? [
        {
          state: 'note',
          text: `第二读者 ${at} 不在内网：没听懂的话会发到行外，其中行里不认识的人名不会被替换。 The second reader is outside: lines that are not understood go there, with the names of people whom the bank does not know.`,
        },
      ]
    : [
        {
          state: 'no',
          text: `第二读者 ${at} 不在内网，不会发送任何内容。要用就换成内网地址；确实允许客户文字出行，才设 READER_TEXT_OF_CLIENTS_MAY_GO_OUTSIDE=yes。 The second reader is not on a private network: nothing is sent there unless that setting says so.`,
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
