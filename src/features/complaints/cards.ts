import type { Moment } from '../../bot/moment.ts'
import { type Day, sayDay } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import type { Button, Card } from '../../core/card.ts'
import { counted, type Language, type Say, speaker } from '../../core/text.ts'
import { undoButton, undoRow } from '../../core/undo-button.ts'
import type { OpenComplaint } from './rules.ts'

const button = (label: string, command: string, input: object = {}): Button => ({
  label,
  intent: { command, input },
})
const clientButton = (clientId: string, say: Say) =>
  button(say('客户', 'Client'), 'client', { clientId })

const howToClose = (name: string, say: Say): string =>
  say(
    `处理好后发"投诉 结 ${name} 客户的答复"。`,
    `When it is settled say "complaint close ${name}" and what the client said.`,
  )

/** What was registered, whose it is, and by when it is to be settled. */
export function registeredCard(
  facts: {
    readonly clientName: string
    readonly clientId: string
    readonly about: string
    readonly dueOn: Day
    /** Whose list it is on, where that is not the reader's; null otherwise. */
    readonly with: string | null
    /** It is about whoever serves the client. */
    readonly ofStaff: boolean
    /** There was one before that is not settled. */
    readonly again: boolean
  },
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const { clientName, about, dueOn, again } = facts
  const day = saySetDay(dueOn, at, language)
  const whose = facts.with
    ? facts.ofStaff
      ? say(
          `，涉及我行人员，已交 ${facts.with} 处理，由主管办结`,
          `; it is about somebody of the bank, so ${facts.with} takes care of it and closes it`,
        )
      : say(`，已交 ${facts.with} 处理`, `; ${facts.with} takes care of it`)
    : say('，已排进今天的清单', '; it is on your list today')
  const more = again ? say('（已有一件未结，一并处理）', ' (beside one that is still open)') : ''
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `已记投诉：**${clientName}** "${about}"${more}，**${day}** 前答复${whose}。\n${howToClose(clientName, say)}`,
          `Complaint registered: **${clientName}** "${about}"${more}, to be settled by **${day}**${whose}.\n${howToClose(clientName, say)}`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [undoButton(say), clientButton(facts.clientId, say)],
      },
    ],
  }
}

/** To whoever works it, where somebody else took the complaint. */
export function arrivedCard(
  by: string,
  client: { readonly id: string; readonly name: string },
  { about, ofStaff, dueOn }: { about: string; ofStaff: boolean; dueOn: Day },
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const day = saySetDay(dueOn, at, language)
  const how = ofStaff
    ? say(
        `\n这件涉及我行人员，请您核实并办结；被投诉人不能办结。`,
        `\nIt is about somebody of the bank: please look into it and close it; the person complained of cannot.`,
      )
    : ''
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `${ofStaff ? '' : '您的'}客户 **${client.name}** 有投诉（${by}登记）："${about}"，请在 **${day}** 前答复。${how}\n${howToClose(client.name, say)}`,
          `${ofStaff ? 'The' : 'Your'} client **${client.name}** complains (registered by ${by}): "${about}". Please settle it by **${day}**.${how}\n${howToClose(client.name, say)}`,
        ),
      },
      { kind: 'buttons', buttons: [clientButton(client.id, say)] },
    ],
  }
}

export function settledCard(
  clientName: string,
  answer: string,
  askOn: Day | null,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const then = askOn
    ? say(
        `**${saySetDay(askOn, at, 'zh')}** 回访`,
        `a call **${saySetDay(askOn, at, 'en')}** asks how things are`,
      )
    : say('不做营销，不排回访', 'no marketing, so no further call')
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `投诉已结：**${clientName}** "${answer}"，${then}。`,
          `Complaint settled: **${clientName}** "${answer}"; ${then}.`,
        ),
      },
      undoRow(say),
    ],
  }
}

/** By when, on a day. */
function dueLine(dueOn: Day, today: Day, say: Say): string {
  if (dueOn === today) return say('今天要答复', 'due today')
  const [zh, en] = [sayDay(dueOn, today, 'zh'), sayDay(dueOn, today, 'en')]
  return dueOn < today ? say(`${zh}已到期`, `was due ${en}`) : say(`${zh}前答复`, `by ${en}`)
}

const line = (each: OpenComplaint, at: Moment, say: Say, language: Language) => ({
  text: `**${each.clientName}** "${each.about}"\n${dueLine(each.dueOn, at.today, say)} · ${each.managerName}`,
  buttons: [clientButton(each.clientId, speaker(language))],
})

/** Every open complaint of one's own or of one's unit. */
export function complaintsCard(
  complaints: readonly OpenComplaint[],
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  if (complaints.length === 0) {
    const text = say(
      '没有未结的投诉。登记请发"投诉 姓名 内容"。',
      'No open complaints. To register one say "complaint Name what".',
    )
    return { blocks: [{ kind: 'text', text }] }
  }
  return {
    title: say(`未结投诉 ${complaints.length} 件`, counted(complaints.length, 'open complaint')),
    blocks: [
      { kind: 'list', items: complaints.map((each) => line(each, at, say, language)) },
      { kind: 'text', text: howToClose(say('姓名', 'Name'), say) },
    ],
  }
}

/** To whoever is above: a complaint has passed its day. */
export function lateCard(each: OpenComplaint, at: Moment, language: Language): Card {
  const say = speaker(language)
  const heading = say(
    '这件投诉过了答复期限，请和客户经理一起定下怎么办：',
    'This complaint has passed its day; please settle with the manager what to do:',
  )
  return {
    blocks: [
      { kind: 'text', text: heading, alert: true },
      { kind: 'list', items: [line(each, at, say, language)] },
    ],
  }
}
