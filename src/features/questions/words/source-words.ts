import type { ClientSource } from '../../clients/rules.ts'
import type { Means } from './word.ts'

const WORDS: Readonly<Record<string, ClientSource>> = {
  ...{ 散客: 'walk-in', 名单: 'list', 集群: 'cluster', 行业: 'industry', 转介: 'referral' },
  ...{ 'walk-in': 'walk-in', list: 'list', cluster: 'cluster', industry: 'industry' },
  referral: 'referral',
}

/** A source of clients by what it is called. */
export const SOURCE = `(?:${Object.keys(WORDS).join('|')})`

/** Clients of one source or of several: 来源名单或集群, from list or cluster. */
export function sourcesMeant({ said = '' }: Readonly<Record<string, string>>): Means {
  const among = (said.match(new RegExp(SOURCE, 'g')) ?? []).flatMap((word) => WORDS[word] ?? [])
  return { else: 'clients', where: { by: 'source', among } }
}
