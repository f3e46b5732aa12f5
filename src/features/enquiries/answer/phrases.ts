import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'

/** "答复 张三 已补上流水": what is answered stands as it was typed. */
export const ANSWER_PHRASES = phrase(
  { words: ['答复', '回答询问', 'answer enquiry', 'answer'] },
  client('named', { alone: true }),
  words('answer', ({ zh, en }) => ({
    zh: `关于 ${zh} 的询问怎么答复？请写一句。`,
    en: `What is the answer about ${en}? One sentence will do.`,
  })),
)
