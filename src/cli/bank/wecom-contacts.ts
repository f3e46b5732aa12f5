import { createInterface } from 'node:readline/promises'
import { type Contacts, ContactsFault, readContacts } from '../../channels/wecom/app/contacts.ts'
import type { Config } from '../../config.ts'
import {
  answerable,
  contactsSay,
  type Question,
  questionText,
} from '../../features/roster/contact-rules.ts'
import type { Source } from '../../features/roster/open-roster.ts'
import { rosterOnFile } from '../../features/roster/store.ts'
import type { Database } from '../../infra/database/index.ts'
import { Fault } from '../fault.ts'

/** What WeCom tells the self-built app of departments and members. */
export async function wecomContacts(config: Config): Promise<Contacts> {
  const { WECOM_CORP_ID: corpId, WECOM_APP_SECRET: secret, WECOM_API_URL: apiUrl } = config
  if (!corpId || !secret) {
    throw new Fault(
      '读企业微信通讯录要先设置 WECOM_CORP_ID 和 WECOM_APP_SECRET（自建应用）。',
      'To read the contact list of WeCom set WECOM_CORP_ID and WECOM_APP_SECRET (of a self-built app).',
    )
  }
  return readContacts({ corpId, secret, apiUrl }).catch((error) => {
    throw error instanceof ContactsFault ? new Fault(error.message, '') : error
  })
}

/** A contact list as a source of what is different; on a terminal it is asked where several fit. */
export async function contactsSource(
  database: Database,
  contacts: Contacts,
  { yes, json }: { readonly yes: boolean; readonly json: boolean },
): Promise<Source> {
  const answers = new Map<string, string | null>()
  const { questions } = contactsSay(contacts, await rosterOnFile(database.prisma), answers)
  if (process.stdin.isTTY && !yes && !json) await ask(questions, answers)
  return (onFile) => {
    const { said, questions: open, notes } = contactsSay(contacts, onFile, answers)
    return { said, faults: [], notes: [...notes, ...open.map(questionText)] }
  }
}

async function ask(
  questions: readonly Question[],
  answers: Map<string, string | null>,
): Promise<void> {
  const console = createInterface({ input: process.stdin, output: process.stdout })
  for (const question of questions) {
    const { zh, en } = questionText(question)
    const said = (
      await console.question(`${zh} ${en}\n(工号，回车跳过 code, or Enter to skip) `)
    ).trim()
    const person = answerable(question).get(said.toLowerCase())
    answers.set(question.member.userId, person?.code ?? null)
  }
  console.close()
}
