import type { z } from 'zod'
import { type Block, type Button, type Card, textCard } from '../../core/card.ts'
import { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import { ROLE_LABEL, type Role } from '../../core/staff.ts'
import { inLanguage, type Language, type Say } from '../../core/text.ts'
import { undoRow } from '../../core/undo-button.ts'
import type { Command } from '../command.ts'
import { MOST_A_MINUTE } from '../inbox/sender/pace-limit.ts'

/** To somebody we do not know: how to get in, and nothing about what is inside. */
export const strangerCard: Card = textCard(
  '我是晨会，客户经理的助手。这个账号还没有登记：请让团队主管对我说"开通 您的工号"，把得到的绑定码告诉您，再在单独对话里（不在群里）对我说"绑定 码"。\n\n' +
    'I am Chenhui, the client managers\' assistant. This account is not enrolled: ask your team lead to say "enrol" with your staff code to me, then say "bind CODE" with the code they get, in your direct chat with me and in no group.',
)

/** Stands in a room in place of an answer. */
export const answeredAloneCard: Card = textCard('已私下答复。 Answered privately.')

/** To somebody whose messages come faster than anybody writes. */
export const tooFastCard: Card = textCard(
  `一分钟最多办 ${MOST_A_MINUTE} 条，这一条和紧接着的没有办。请过一分钟再发；要一次办很多，用表格更快。\n\n` +
    `I take ${MOST_A_MINUTE} messages a minute: this one and those right behind it were not done. Please go on in a minute; for many at once a workbook is quicker.`,
)

/** A fault of ours, with the reference that the log carries. */
export const faultCard = (reference: string): Card =>
  textCard(
    `刚才没有办成，什么都没有改动。请再发一次；还不行就把编号 **${reference}** 告诉管理员。\n\n` +
      `That did not work, and nothing was changed. Please send it again; if it fails again, give your administrator the reference **${reference}**.`,
  )

/** A client who is named in what was said, and buttons with what was said as it was typed. */
export interface OfClientSaid {
  readonly named: string
  readonly buttons: readonly Button[]
}

/** Not understood: what comes nearest, what may be done with it, or that what looks like a name is `nobody`'s. */
export function unknownCard(
  typed: string,
  nearest: readonly Command[],
  nobody: boolean,
  ofClient: OfClientSaid | null,
  say: Say,
): Card {
  const quoted = short(typed)
  const close = nearest.length > 0
  if (ofClient) {
    return textCard(
      say(
        `没听懂"${quoted}"，还没有记下。${close ? '可以说：' : ''}`,
        `I did not understand "${quoted}", and nothing is kept yet.${close ? ' You can say:' : ''}`,
      ),
      ...(close ? [youCanSay(nearest, say)] : []),
      {
        kind: 'text',
        text: say(
          `说的是 **${ofClient.named}** 的话，点一下就原话记上：`,
          `If it is about **${ofClient.named}**, tap to keep it as you said it:`,
        ),
      },
      { kind: 'buttons', buttons: ofClient.buttons },
    )
  }
  if (nobody && !close) {
    return textCard(
      say(
        `没听懂"${quoted}"，您看得到的客户里也没有。发"帮助"看可以说什么。`,
        `I did not understand "${quoted}", and no client you can see is called so. Say "help" for what you can say.`,
      ),
    )
  }
  if (!close) {
    return textCard(
      say(
        `没听懂"${quoted}"。发"帮助"看可以说什么，或发"今日"看今天的任务。`,
        `I did not understand "${quoted}". Say "help" for what you can say, or "today" for your tasks.`,
      ),
    )
  }
  return textCard(
    say(`没听懂"${quoted}"。可以说：`, `I did not understand "${quoted}". You can say:`),
    youCanSay(nearest, say),
  )
}

const youCanSay = (commands: readonly Command[], say: Say): Block => ({
  kind: 'list',
  items: commands.map(({ help }) => ({
    text: say(
      `**${help.usage.zh}** — ${help.purpose.zh}`,
      `**${help.usage.en}** — ${help.purpose.en}`,
    ),
  })),
})

/** Not understood, with a guess of the second reader: the button says what it would do. */
export const proposedCard = (typed: string, button: Button, say: Say): Card =>
  textCard(
    say(
      `没听懂"${short(typed)}"，什么都没有登记。是不是这个意思？不是就换个说法，或发"帮助"。`,
      `I did not understand "${short(typed)}", and nothing was logged. Is this what you mean? If not, say it another way, or "help".`,
    ),
    { kind: 'buttons', buttons: [button] },
  )

/** A button of a card that this version does not know any more. */
export const goneCard = (say: Say): Card =>
  textCard(
    say(
      '这个按钮已经失效，请发"今日"重新打开。',
      'This button is gone. Say "today" for a new list.',
    ),
  )

/** Roles that are named as those that may; of more, these first. */
const MOST_ROLES = 3

/** Understood, and meant for people with another task in the bank: for those of these roles. */
export function notTheirsCard(typed: string, whose: readonly Role[], say: Say): Card {
  const named = whose.slice(0, MOST_ROLES).map((role) => ROLE_LABEL[role])
  const more = whose.length > named.length
  const zh = `，由${named.map((role) => role.zh).join('、')}${more ? '等' : ''}来办`
  const en = ` but for: ${named.map((role) => role.en).join(', ')}${more ? ' and others' : ''}`
  const known = named.length > 0
  return textCard(
    say(
      `"${short(typed)}"不在您的岗位功能里${known ? zh : ''}。发"帮助"看您可以说什么。`,
      `"${short(typed)}" is not for your role${known ? en : ''}. Say "help" for what you can say.`,
    ),
  )
}

/** Before a question is asked again. */
export const misheard = (typed: string, say: Say): string =>
  say(`没看懂"${short(typed)}"。`, `I did not understand "${short(typed)}".`)

/** Before a question is asked again that any text answers: this looks like something else. */
export const garbled = (typed: string, say: Say): string =>
  say(
    `"${short(typed)}"像一条指令，但没听懂，没有当作回答。如果就是回答，前面加"答："再发。`,
    `"${short(typed)}" looks like a command that I do not understand, so I did not take it as the answer. If it is, put "answer:" before it.`,
  )

/** A button under a question that waits no longer. */
export const answeredCard = (say: Say): Card =>
  textCard(
    say(
      '这个问题已经答过，或者等得太久了，没有改动任何内容。请把整句再发一次。',
      'That question was answered or waited too long; nothing was changed. Please say the whole line again.',
    ),
  )

/** Nothing was asked that could be dropped. */
export const nothingOpenCard = (say: Say): Card =>
  textCard(
    say(
      '现在没有等您回答的问题。要收回刚才的登记，发"撤销"。',
      'Nothing waits for your answer. To take back what you just logged, say "undo".',
    ),
    undoRow(say),
  )

/** Whether a line is meant that has its words in another order. */
export const orderedOf = (said: string, intent: Intent, say: Say): Choice =>
  new Choice({ zh: `是要说"${said}"吗？`, en: `Do you mean "${said}"?` }, [
    { label: say('是的', 'Yes'), intent },
  ])

/** What was asked is not to be done after all. */
export const droppedCard = (say: Say): Card =>
  textCard(say('好，不办了，什么都没有改动。', 'Dropped; nothing was changed.'))

/** More text than anybody types: nothing of it is done. */
export const tooLongCard = (say: Say): Card =>
  textCard(
    say(
      '这条消息太长，没有读，也没有改动任何内容。请分成几条发。',
      'That message is too long: it was not read and nothing was changed. Please send it in parts.',
    ),
  )

/** What came is no text and no file. */
export const notWordsCard = (say: Say): Card =>
  textCard(
    say(
      '这种消息我读不了，没有保存。请打字说，或把照片、文件发来。',
      'I cannot read that kind of message, and nothing was kept. Please type it, or send a photo or a file.',
    ),
  )

/** A voice message that neither the service nor a machine of the bank wrote down. */
export const notHeardCard = (say: Say): Card =>
  textCard(
    say(
      '这段语音没能转成文字，什么都没有办。请打字说，或用输入法的语音输入再发。',
      'I could not make out that voice message, and did nothing. Please type it, or dictate it to your keyboard.',
    ),
  )

/** Below the answer to a file that did not come alone. */
export const moreFilesText = (more: number, say: Say): string =>
  say(
    `一次只收一个文件：另外 ${more} 个没有收，请一个一个发。`,
    `One file at a time: ${more} more were not taken, please send them one by one.`,
  )

/**
 * A message of which some lines are commands: nothing of it is done, so that nothing is lost on the way. What a line
 * says whole is a tap away (`buttons`, by the line); the others are sent again.
 */
export function linesCard(
  lines: readonly string[],
  buttons: ReadonlyMap<string, Button>,
  say: Say,
): Card {
  const quoted = lines.slice(0, MOST_QUOTED)
  const whole = quoted.flatMap((line) => buttons.get(line) ?? [])
  const others = quoted.filter((line) => !buttons.has(line)).map((line) => ({ text: short(line) }))
  const apart = say('请一件一条分开发，我逐条登记：', 'Please send them one by one:')
  const nothingDone = say(
    `这条消息里有 ${lines.length} 件事，什么都还没有登记。`,
    `That message says ${lines.length} things, and nothing was done yet. `,
  )
  if (whole.length === 0) return textCard(nothingDone + apart, { kind: 'list', items: others })
  return textCard(
    nothingDone + say('点一件，登记一件：', 'Tap each to have it done:'),
    { kind: 'buttons', buttons: whole },
    ...(others.length > 0
      ? [{ kind: 'text', text: apart } as const, { kind: 'list', items: others } as const]
      : []),
  )
}

/** So many lines of a message are taken apart. */
export const MOST_QUOTED = 10

/** As much of what was said as an answer repeats. */
export const short = (typed: string): string =>
  typed.length > 40 ? `${typed.slice(0, 40)}…` : typed

/** What zod says of itself, in English and of types, is no sentence for whoever chats. */
const OURS = /\p{Script=Han}/u

function inOurWords(issue: z.core.$ZodIssue | undefined, say: Say): string {
  if (issue?.code === 'too_big' && issue.origin === 'string')
    return say('有个词太长，没有改动。', 'Something is too long; nothing was changed.')
  if (issue?.code === 'too_big' || (issue?.code === 'too_small' && issue.origin !== 'string'))
    return say('有个数太大或太小，没有改动。', 'A number is out of range; nothing was changed.')
  return say('没有说全，没有改动。', 'Something is missing; nothing was changed.')
}

/** The input was of the wrong shape: the first fault's own sentence, and how it is said. */
export function misreadCard(command: Command, fault: z.ZodError, say: Say): Card {
  const { usage } = command.help
  const [issue] = fault.issues
  const said = issue?.message ?? ''
  const reason = OURS.test(said) ? said : inOurWords(issue, say)
  return textCard(say(`${reason} 这样说：${usage.zh}`, `${reason} Say it like this: ${usage.en}`))
}

/** Whether a line is the answer to what was asked, or says something else. */
export const eitherOf = (typed: string, answer: Intent, other: Intent, say: Say): Choice =>
  new Choice(
    {
      zh: `"${short(typed)}"是刚才的回答，还是另一件事？`,
      en: `Is "${short(typed)}" the answer, or something else?`,
    },
    [
      { label: say('是回答', 'The answer'), intent: answer },
      { label: say('另一件事', 'Something else'), intent: other },
    ],
  )

export const choiceCard = ({ question, options }: Choice, language: Language): Card =>
  textCard(inLanguage(question, language), numberedButtons(options))

/** What was offered, once more. */
export const choiceAgain = (options: Choice['options'], typed: string, say: Say): Card =>
  textCard(
    say(
      `没看懂"${short(typed)}"。刚才那件还没选：`,
      `I did not understand "${short(typed)}". You have not picked yet:`,
    ),
    numberedButtons(options),
  )

const numberedButtons = (options: Choice['options']): Block => ({
  kind: 'buttons',
  buttons: options.map(({ label, intent }, index) => ({ label: `${index + 1} ${label}`, intent })),
})
