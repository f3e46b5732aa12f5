import type { Context } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { type Choice, Refusal } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { tasksOfClients } from '../outcomes/named-clients.ts'
import { type FoundTasks, findTasks } from '../outcomes/named-tasks.ts'

/** How a line names tasks: by number, by id (a button), or by whose they are. */
export interface SaidTasks {
  readonly tasks: readonly number[]
  readonly taskId?: string | undefined
  readonly named: readonly string[]
  readonly clientId?: string | undefined
}

export interface TasksSaid extends FoundTasks {
  /** Why a client who was named has no task to be moved. */
  readonly faults: readonly Text[]
}

/** The tasks that are meant, locked. `intent`: what is said again with the client's id where a name is several. */
export async function findSaidTasks(
  tx: Queries,
  { tasks, taskId, named, clientId }: SaidTasks,
  intent: Intent,
  context: Context & Asker,
): Promise<TasksSaid | Refusal | Choice> {
  const { who, at } = context
  const sought: ClientRef[] = clientId ? [{ clientId }] : named.map((name) => ({ named: name }))
  const clients: Client[] = []
  const faults: Text[] = []
  for (const ref of sought) {
    const client = await resolveClient(tx, context, ref, intent)
    if ('id' in client) clients.push(client)
    else if (sought.length === 1) return client
    else faults.push(client instanceof Refusal ? client.because : several(ref))
  }
  const taskOf = await tasksOfClients(
    tx,
    clients.map(({ id }) => id),
    [who.id, ...who.standsInFor],
    at.today,
    { loggedToo: false },
  )
  const refs = [
    ...(taskId ? [{ taskId }] : tasks.map((task) => ({ task }))),
    ...clients.flatMap(({ id }) => {
      const own = taskOf.get(id)
      return own ? { taskId: own } : []
    }),
  ]
  faults.push(...clients.filter(({ id }) => !taskOf.has(id)).map(noTask))
  const found = await findTasks(tx, refs, who)
  return found instanceof Refusal ? found : { ...found, faults }
}

const several = ({ named = '' }: ClientRef): Text => ({
  zh: `有几位客户都叫${named}；请单独说这一位，再选。`,
  en: `Several clients are called ${named}; say this one alone and choose.`,
})

const noTask = ({ name }: Client): Text => ({
  zh: `${name} 没有您的待办任务；要排一件就说"新任务 ${name} …"。`,
  en: `You have no task with ${name}; to set one, say "new task ${name} …".`,
})
