import { type Asker, scopeOf } from '../../bot/policy.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { type Text, text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { findVisible } from '../clients/store.ts'
import type { Enquiry } from './rules.ts'
import { openFor } from './store.ts'

/** What a question is about, in words: the client's name, or what is requested. */
export async function aboutOf(
  tx: Queries,
  { clientName, request }: Enquiry,
  kinds: readonly RequestKind[],
): Promise<Text> {
  if (clientName !== null) return text(clientName, clientName)
  const kind = kinds.find(({ name }) => name === request?.kind)
  return kind && request ? kind.describe(tx, request.payload) : text('请求', 'the request')
}

const NONE = refuse(
  '这个问题已经答复过、已撤回，或与您无关。',
  'This was answered before, was taken back, or does not concern you.',
)

/** A question whose client somebody may see, or which is between them and another; else as if it were not there. */
export async function visibleEnquiry(
  tx: Queries,
  asker: Asker,
  enquiry: Enquiry | null,
): Promise<Enquiry | Refusal> {
  if (!enquiry) return NONE
  const { clientId, askedBy, requester } = enquiry
  const between = [askedBy, requester].includes(asker.who.id)
  if (between) return enquiry
  return clientId && (await findVisible(tx, asker, clientId)) ? enquiry : NONE
}

/** Questions that wait and concern somebody, the most pressing first; of the whole bank only those of their own. */
export const concerning = (
  tx: Queries,
  { who, reach }: Asker,
  most: number,
): Promise<Enquiry[]> => {
  const scope = scopeOf({ who, reach: reach === 'bank' ? 'self' : reach })
  return openFor(tx, { id: who.id, role: who.role, scope }, most)
}
