import type { Block, Card } from './card.ts'
import { type Language, speaker } from './text.ts'

/** A picture or a file that a card carries. */
export type Attachment = Extract<Block, { kind: 'picture' | 'file' }>

const NAME_LENGTH = 60

/** Said in the place of a picture or file that a service does not take. */
export function unsentWords(attachment: Attachment, language: Language): string {
  const say = speaker(language)
  const name = attachment.kind === 'picture' ? attachment.alt : attachment.name
  const short = name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name
  return say(
    `“${short}”没能发到这里，请过一会儿再要一次，还不行就告诉管理员。`,
    `"${short}" could not be sent here: ask for it again in a while, and tell your administrator if it fails again.`,
  )
}

/** A card whose words arrive though its pictures and files cannot. */
export const withoutAttachments = (card: Card, language: Language): Card => ({
  ...card,
  blocks: card.blocks.map((block) =>
    block.kind === 'picture' || block.kind === 'file'
      ? { kind: 'text', text: unsentWords(block, language) }
      : block,
  ),
})

/** Answers are in the reader's language; where a channel does not know it, it asks. */
export type LanguageOf = (conversation: string) => Promise<Language>
