import type { webApi } from '@slack/bolt'
import type { Card, Form, FormField } from '../../core/card.ts'
import type { Event } from '../../core/chat.ts'
import type { FilledForm, FormOption, Sought } from '../plugin.ts'
import {
  type FormPlace,
  formModal,
  formsOf,
  goneModal,
  MOST_OPTIONS,
  optionOf,
  type View,
  waitingModal,
} from './draw/modal-render.ts'
import type { Arrived } from './read.ts'

type Of<Kind extends Arrived['kind']> = Extract<Arrived, { kind: Kind }>

/** Slack waits three seconds: what takes longer to be looked at is looked at when it is done. */
const LOOK_MS = 1500
const MOST_REMEMBERED = 500

export interface Modals {
  /** Opens a modal at once, before its form is known: the trigger is good for three seconds. */
  open(arrived: Of<'opens' | 'form'>): Promise<void>
  /** Shows the rest of a form; what was typed stays. */
  showAll(arrived: Of<'more'>): Promise<void>
  /** What a field may be filled in with. */
  search(arrived: Of<'searches'>): Promise<readonly ReturnType<typeof optionOf>[]>
  /** What is wrong, by field; null: nothing that can be told in time. */
  faultsOf(arrived: Of<'sent'>): Promise<Readonly<Record<string, string>> | null>
  /** What was sent, with its form, so that it can come back where it is refused. */
  eventOf(arrived: Of<'sent'>): Event
  /** A modal shows this form now. */
  shows(viewId: string, form: Form): void
}

/** The modals that stand open, and what is asked about them. */
export function createModals(
  client: webApi.WebClient,
  options: {
    cardOf(key: string, conversation: string): Promise<Card | null>
    formFaults(sent: FilledForm): Promise<Readonly<Record<string, string>>>
    clientsLike(sought: Sought): Promise<readonly FormOption[]>
    take(event: Event): Promise<unknown>
    warn(message: string): void
  },
): Modals {
  const forms = new Map<string, Form>()

  function shows(viewId: string, form: Form): void {
    for (const old of forms.keys()) {
      if (forms.size < MOST_REMEMBERED) break
      forms.delete(old)
    }
    forms.set(viewId, form)
  }

  /** Another instance may have opened it. */
  async function formIn(viewId: string, { key, index, at }: FormPlace): Promise<Form | null> {
    const known = forms.get(viewId)
    if (known) return known
    const card = await options.cardOf(key, at)
    return (card && formsOf(card)[index]) ?? null
  }

  const update = (viewId: string, view: View) =>
    client.views.update({ view_id: viewId, view: view as never })

  return {
    shows,
    async open(arrived) {
      const { triggerId: trigger_id } = arrived
      const view = waitingModal() as never
      const opened = await client.views.open({ trigger_id, view }).catch((error: Error) => {
        options.warn(`a modal did not open: ${error.message}`)
        return null
      })
      const viewId = opened?.view?.id
      // Where it came too late the form is asked for in the conversation, as a button.
      if (arrived.kind === 'opens') {
        const { event } = arrived
        const replyTo = viewId && `view:${viewId}:${event.conversation}`
        await options.take(replyTo ? { ...event, replyTo } : event)
        return
      }
      if (!viewId) return
      const { key, index, conversation } = arrived
      const place = { key, index, at: conversation }
      const form = await formIn('', place)
      if (form) shows(viewId, form)
      await update(
        viewId,
        form ? formModal(form, { blocks: [] }, { conversation, place }) : goneModal(),
      )
    },
    async showAll({ viewId, memory }) {
      const form = await formIn(viewId, memory.place)
      if (form) await update(viewId, formModal(form, { blocks: [] }, memory, true))
    },
    async search({ viewId, memory, user: sender, field: name, typed }) {
      const form = await formIn(viewId, memory.place)
      const field = form?.fields.find((each) => each.name === name)
      const sought = typed.trim()
      const { command } = memory.intent
      const found = field?.seeks
        ? ((await inTime(options.clientsLike({ sender, command, typed: sought }))) ?? [])
        : offeredBy(field).filter(({ label }) => label.toLowerCase().includes(sought.toLowerCase()))
      // What is not known may be typed all the same.
      const free = sought !== '' && !field?.options && !found.some(({ label }) => label === sought)
      const all = free ? [...found, { label: sought, value: sought }] : found
      return all.slice(0, MOST_OPTIONS).map(optionOf)
    },
    async faultsOf({ filled }) {
      const faults = await inTime(options.formFaults(filled))
      return faults && Object.keys(faults).length > 0 ? faults : null
    },
    eventOf({ event, viewId, filled }) {
      const form = forms.get(viewId)
      const { says } = event
      if (!form || says.kind !== 'intent') return event
      return { ...event, says: { ...says, form: withPicked(form, filled) } }
    },
  }
}

/** Null where it takes too long, or fails. */
const inTime = <Result>(looking: Promise<Result>): Promise<Result | null> => {
  const late = new Promise<null>((resolve) =>
    // What has arrived by then is read first, where this process was held up itself.
    setTimeout(() => setImmediate(resolve, null), LOOK_MS).unref(),
  )
  return Promise.race([looking, late]).catch(() => null)
}

const offeredBy = (field: FormField | undefined): readonly FormOption[] =>
  field?.known?.map((each) => ({ label: each, value: each })) ?? field?.options ?? []

/** A form that comes back still shows who was picked, and not an id. */
function withPicked(form: Form, { fields }: FilledForm): Form {
  const picked = (name: string) =>
    fields.flatMap(({ name: filled, value, shown = value }) =>
      filled === name ? [{ value, label: shown }] : [],
    )
  return {
    ...form,
    fields: form.fields.map((field) =>
      field.seeks ? { ...field, options: picked(field.name) } : field,
    ),
  }
}
