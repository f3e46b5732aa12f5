import { z } from 'zod'
import type { Asker } from '../../bot/policy.ts'
import { Choice, type Refusal, refuse } from '../../core/decision.ts'
import { nameKey } from '../../core/identity/name-key.ts'
import type { Intent } from '../../core/intent.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Client, notFound, sayWhich } from './rules.ts'
import { findNamed, findVisible, MOST_MATCHES } from './store.ts'

/** How an input names a client: by id (a button) or by words (typed). */
export const clientRef = {
  clientId: z.uuid().optional(),
  named: z.string().trim().min(1).max(40).optional(),
}
export interface ClientRef {
  readonly clientId?: string | undefined
  readonly named?: string | undefined
}

const isId = (said: string): boolean => z.uuid().safeParse(said).success

/** The id of whom an input names; a form in which a client is picked (`FormField.seeks`) has it for the name. */
export const clientIdOf = ({ clientId, named = '' }: ClientRef): string | undefined =>
  clientId ?? (isId(named) ? named : undefined)

/**
 * The client that is meant, among those within reach. Several matches become a choice whose
 * options say `intent` again with the client's id.
 */
export async function resolveClient(
  tx: Queries,
  asker: Asker,
  ref: ClientRef,
  intent: Intent,
): Promise<Client | Refusal | Choice> {
  const id = clientIdOf(ref)
  if (id) return (await findVisible(tx, asker, id)) ?? notFound('—')
  const named = ref.named ?? ''
  if (!named) return refuse('请说客户的姓名或店名。', 'Please name the client or the business.')
  const matches = await findNamed(tx, asker, named)
  const exact = matches.filter((match) => nameKey(match.name) === nameKey(named))
  const [only] = exact.length === 1 ? exact : matches
  if (!only) return notFound(named)
  if (matches.length === 1 || exact.length === 1) return only
  const more = matches.length > MOST_MATCHES
  return new Choice(
    {
      zh: more
        ? `叫"${named}"的客户不止 ${MOST_MATCHES} 位，先列出最近联系的；也可以说得更全一些。`
        : `有 ${matches.length} 位客户符合"${named}"，您说的是哪位？`,
      en: more
        ? `More than ${MOST_MATCHES} clients match "${named}"; here are the latest. You can also say more of the name.`
        : `${matches.length} clients match "${named}". Which one?`,
    },
    matches.slice(0, MOST_MATCHES).map((match) => ({
      label: sayWhich(match),
      intent: {
        command: intent.command,
        input: { ...(intent.input as object), named: undefined, clientId: match.id },
      },
    })),
  )
}

/** Of a command about one client (`askedInVain`): nothing more is asked where nobody within reach is called so. */
export async function nobodyCalledSo(
  tx: Queries,
  input: unknown,
  asker: Asker,
): Promise<Refusal | null> {
  const ref = z.object(clientRef).safeParse(input).data ?? {}
  if (!ref.named || clientIdOf(ref)) return null
  const matches = await findNamed(tx, asker, ref.named)
  return matches.length > 0 ? null : notFound(ref.named)
}
