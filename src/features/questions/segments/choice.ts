import { z } from 'zod'
import type { Moment } from '../../../bot/moment.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Choice, Refusal } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientFilter, clientFilter } from '../../clients/filter/rules.ts'
import { merged } from '../read-question.ts'
import { withNames } from '../resolve-names.ts'
import { type Question, question } from '../rules.ts'
import { readChoice } from './read-choice.ts'

/** Clients as an input chooses them: in words, or (a button) as conditions with names still to be found. */
export const choiceInput = {
  said: z.string().trim().min(1).max(200).optional(),
  where: clientFilter.optional(),
  names: question.shape.names.optional(),
}
export interface ChoiceInput {
  readonly said?: string | undefined
  readonly where?: ClientFilter | undefined
  readonly names?: readonly string[] | undefined
}

/** The conditions that are meant; what names leave open is asked with `command`, which says the rest again. */
export async function filterMeant(
  tx: Queries,
  asker: Asker & { readonly at: Moment },
  input: ChoiceInput,
  command: string,
): Promise<ClientFilter | Refusal | Choice> {
  const read =
    input.said === undefined
      ? question.parse({ of: 'clients', as: 'list', where: input.where, names: input.names })
      : readChoice(input.said, asker.at)
  if (read instanceof Refusal) return read
  const again = (open: Question): Intent => ({
    command,
    input: { ...input, said: undefined, where: conditionsOf(open), names: open.names },
  })
  let open: Question = read
  while (open.names.length > 0) {
    const found = await withNames(tx, asker, open, again)
    if (found instanceof Refusal || found instanceof Choice) return found
    open = { ...found, where: conditionsOf(found), whose: null }
  }
  return open.where
}

/** The conditions of a question, whose it is among them. */
function conditionsOf({ where, whose }: Question): Question['where'] {
  if (whose === null || typeof whose === 'string') return merged(where)
  return merged([
    ...where,
    'people' in whose ? { by: 'owner', among: whose.people } : { by: 'unit', ...whose },
  ])
}
