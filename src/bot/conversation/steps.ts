import type { Interpretation } from './interpretation.ts'
import * as line from './line-steps.ts'
import type { Utterance } from './utterance.ts'
import * as waiting from './waiting-steps.ts'

/** One thing that an utterance may mean; null: it does not mean that, and the next step is tried. */
export type Step = (utterance: Utterance) => Interpretation | null | Promise<Interpretation | null>

/**
 * What an utterance may mean, in the order in which it is tried: the first step that answers decides.
 * The order is the specification; every line says why it stands where it does.
 */
export const STEPS: readonly Step[] = [
  // Says exactly what it means: nothing is read. The first says where its answer goes, the second nothing.
  waiting.buttonOfQuestion,
  line.notWords,
  line.button,
  // Has its own rules, its words included. From here on there is text.
  line.file,
  // Before any grammar: reading takes time in proportion to the text.
  line.tooLong,
  // 取消 must always get out of what waits, even where any text would do as the answer.
  waiting.drop,
  // For the same reason: 继续 is never the answer.
  waiting.repeatQuestion,
  // A day inside a command of another role would be taken as the day that was asked for.
  waiting.dayOfOtherRole,
  // 好的 would be taken as a reason or a note, and answers nothing else either.
  waiting.smallTalkMeanwhile,
  // A mistyped command would be taken as free text.
  waiting.garbledCommand,
  // Several commands in one message would be taken as free text, or as the first of them.
  line.severalCommands,
  // Asks which of the two, before either is done.
  waiting.answerOrCommand,
  // What waits comes before what could also be a command: 今天 is a day first.
  waiting.asAnswer,
  // 活动 新建 would be a campaign of that name.
  line.wordOfOtherRole,
  line.asCommand,
  // A number alone is a button of the last card only where neither an answer nor a command reads it.
  line.asNumber,
  // 有意向 30万 where the outcome was asked for; no command reads it.
  waiting.answerWithMore,
  // 第二个 would be a task whose outcome is not said; 对 is small talk otherwise.
  waiting.choiceInWords,
  // 继续 where no question waits takes up what was left.
  line.resumeLeft,
  // A command that lacks something asks for it, after everything that is complete.
  line.incompleteCommand,
  // 走访 and nothing else: no command reads it, and it is nobody's name.
  line.wordAlone,
  // 张三 where a number or a day was asked for: the question waits on.
  line.openClientMeanwhile,
  // Something was just asked and this is no answer: ask again before guessing at anything else.
  waiting.unreadAnswer,
  // 好的 and 取消 where nothing waits: neither is a client's name to be guessed at.
  line.answerSmallTalk,
  line.dropLeft,
  // What only another role may say is recognised, and refused.
  line.ofOtherRole,
  // From here on: guesses, the likeliest first. A command with its words in another order.
  line.reorder,
  // 张三 and nothing else, where there is such a client.
  line.openClient,
  // A guess of somebody else, where there is a second reader.
  line.secondReading,
  // What was offered is offered again, where not even a guess is left.
  waiting.unreadChoice,
  // Always answers: not understood, with what comes nearest.
  line.suggest,
]

/** What an utterance means. */
export async function interpret(utterance: Utterance): Promise<Interpretation> {
  for (const step of STEPS) {
    const meant = await step(utterance)
    if (meant) return meant
  }
  throw new Error('The last step must always answer')
}
