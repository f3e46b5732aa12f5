import type { TemplateCard } from './frames.ts'

/** The button of a card that says this, and the choice in its menu: the line that contains `line`, else the first. */
export function pressable(card: TemplateCard | null, label: string, line?: string) {
  const button = card?.button_list.find(({ text }) => text === label)
  if (!card || !button) throw new Error(`no button "${label}"`)
  const menu = card.button_selection
  const option =
    menu?.option_list.find(({ text }) => line && text.includes(line)) ?? menu?.option_list[0]
  return { card, button, chosen: menu ? { key: menu.question_key, id: option?.id ?? '' } : null }
}
