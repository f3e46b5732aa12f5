import { wholeCard } from './bot/commands/full-message.ts'
import { helpCommand } from './bot/commands/help.ts'
import { undoCommand } from './bot/commands/undo.ts'
import { welcomeCommand } from './bot/commands/welcome.ts'
import type { Feature } from './bot/feature.ts'
import type { ClientEntered, ClientsSaid, DayNotes } from './bot/services.ts'
import type { Text } from './core/text.ts'
import { activities } from './features/activities/index.ts'
import { calendar } from './features/calendar/index.ts'
import { campaigns } from './features/campaigns/index.ts'
import { catalogue } from './features/catalogue/index.ts'
import { clientCard } from './features/client-card/index.ts'
import { clientFile } from './features/client-file/index.ts'
import { clients } from './features/clients/index.ts'
import { namesSaid } from './features/clients/names-said.ts'
import { clusters } from './features/clusters/index.ts'
import { complaints } from './features/complaints/index.ts'
import { coverage } from './features/coverage/index.ts'
import { desk } from './features/desk/index.ts'
import { digest } from './features/digest/index.ts'
import { duplicates } from './features/duplicates/index.ts'
import { enquiries } from './features/enquiries/index.ts'
import { exports } from './features/exports/index.ts'
import { facilities } from './features/facilities/index.ts'
import { handover } from './features/handover/index.ts'
import { home } from './features/home/index.ts'
import { imports, riskLists, teamLists } from './features/import/index.ts'
import { intake } from './features/intake/index.ts'
import { lists } from './features/lists/index.ts'
import { needIntake } from './features/need-intake/index.ts'
import { needs } from './features/needs/index.ts'
import { papers } from './features/papers/index.ts'
import { people } from './features/people/index.ts'
import { pipeline } from './features/pipeline/index.ts'
import { places } from './features/places/index.ts'
import { questions, segments } from './features/questions/index.ts'
import { quotas } from './features/quotas/index.ts'
import { referrals } from './features/referrals/index.ts'
import { reminders } from './features/reminders/index.ts'
import { requests } from './features/requests/index.ts'
import { risk } from './features/risk/index.ts'
import { sources } from './features/sources/index.ts'
import { staff } from './features/staff/index.ts'
import { tasks } from './features/tasks/index.ts'
import { likelyClients } from './features/tasks/list/likely-clients.ts'
import { tiers } from './features/tiers/index.ts'
import { visits } from './features/visits/index.ts'

/** Every feature, in the order in which their parts of undo and of an entry are done. */
export const FEATURES: readonly Feature[] = [
  tasks,
  visits,
  complaints,
  clientCard(() => CLIENT_SECTIONS),
  enquiries(() => REQUEST_KINDS),
  duplicates,
  clientFile,
  intake,
  imports,
  exports,
  tiers,
  needIntake,
  needs,
  catalogue,
  campaigns,
  handover,
  activities,
  desk,
  home,
  referrals,
  facilities,
  people,
  quotas,
  coverage,
  sources,
  teamLists,
  pipeline,
  papers,
  reminders,
  calendar,
  digest,
  staff,
  requests(() => REQUEST_KINDS),
  risk,
  riskLists,
  lists,
  places,
  clusters,
  segments,
  // Whatever else reads a line goes before it is taken as a question.
  questions,
  // Its part of undo comes last: a client whom an act entered goes when nothing hangs on it.
  clients,
]

const CLIENT_SECTIONS = FEATURES.flatMap(({ clientSections = [] }) => clientSections)

const REQUEST_KINDS = FEATURES.flatMap(({ requestKinds = [] }) => requestKinds)

/** What every feature does with clients who came on file. */
export const clientEntered: ClientEntered = async (tx, clientIds, by) => {
  for (const feature of FEATURES) await feature.clientEntered?.(tx, clientIds, by)
}

/** What all features say of a day besides its tasks, by person. */
export const dayNotes: DayNotes = async (tx, staffIds, at) => {
  const said = await Promise.all(
    FEATURES.flatMap((each) => each.dayNotes?.(tx, staffIds, at) ?? []),
  )
  const notes = new Map<string, Text[]>()
  for (const [id, texts] of said.flatMap((each) => [...each])) {
    notes.set(id, [...(notes.get(id) ?? []), ...texts])
  }
  return notes
}

/** Clients whom people mean. */
export const clientsSaid: ClientsSaid = { ...namesSaid, likely: likelyClients }

const undo = undoCommand(FEATURES.flatMap((feature) => feature.undo ?? []))
const said = [...FEATURES.flatMap((feature) => feature.commands ?? []), undo]
/** Features that people call by one name are one topic. */
const TOPICS = [...Map.groupBy(FEATURES, ({ topic }) => topic.zh).values()].map((features) => ({
  topic: features[0]?.topic ?? { zh: '', en: '' },
  commands: [
    ...features.flatMap((feature) => feature.commands ?? []),
    ...(features.includes(tasks) ? [undo] : []),
  ],
}))
/** Every command there is. */
export const COMMANDS = [...said, wholeCard, helpCommand(TOPICS), welcomeCommand(said)]
