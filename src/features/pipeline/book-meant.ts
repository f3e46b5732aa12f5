import { type Asker, pathOf } from '../../bot/policy.ts'
import { Choice, type Refusal, refuse } from '../../core/decision.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type Book, booksNamed } from './store.ts'

/**
 * Whose clients somebody looks at: one's own, or those of the person or unit `of` within reach; of nobody named all
 * within reach. `asked`: the command that looks, and how it is said.
 */
export async function bookMeant(
  tx: Queries,
  { who, reach }: Asker,
  of: string | undefined,
  { command, words }: { readonly command: string; readonly words: Text },
): Promise<Book | Refusal | Choice> {
  if (reach === 'own book' || reach === 'self') {
    const own = of === undefined || of === who.name || of.toLowerCase() === who.code.toLowerCase()
    return own
      ? { code: who.code, name: who.name, staffId: who.id }
      : refuse(
          `您可以看自己的${words.zh}，发"${words.zh}"。`,
          `You can see your own: say "${words.en}".`,
        )
  }
  const found = await booksNamed(tx, pathOf({ who, reach }), of ?? null)
  const [only, other] = found
  if (!only) {
    return refuse(
      `您的机构里没有"${of}"，请写客户经理的姓名、工号，或机构的名称、代码，例如"${words.zh} M001"。`,
      `There is no "${of}" in your unit; give the name or code of a manager or a unit, such as "${words.en} M001".`,
    )
  }
  if (!other) return only
  return new Choice(
    { zh: `"${of}"指哪一个？`, en: `Which "${of}" do you mean?` },
    found.map(({ code, name }) => ({
      label: `${name} ${code}`,
      intent: { command, input: { of: code } },
    })),
  )
}
