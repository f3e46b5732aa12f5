import type { Moment } from '../../../bot/moment.ts'
import { saySetDay } from '../../../core/calendar/workdays.ts'
import type { Card } from '../../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../../core/text.ts'
import { undoButton } from '../../../core/undo-button.ts'
import { bornOnOf } from '../../clients/identity/rules.ts'
import { type Changed, sayChange } from './changes.ts'

/** What was changed, what followed from it, and what was not. */
export function changedCard(
  { client, changes, refused, onFile, call, born, barred }: Changed,
  at: Moment,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const said = changes.map((each) => inLanguage(sayChange(each, shared), language))
  const old = changes.find(({ field }) => field === 'phone')?.before
  const alive = old && onFile.phones.some(({ number, state }) => number === old && state === 'ok')
  const dropped = changes.some(({ field, before }) => field.endsWith('Phone') && before === old)
  const dead = changes.find(({ field }) => field === 'deadPhone')?.before
  const rings =
    changes.some(({ field }) => field === 'phone' || field === 'otherPhone') ||
    onFile.phones.some(({ number, state }) => number !== dead && state === 'ok')
  const number = changes.find(({ field }) => field === 'resident')?.after
  const { bornOn } = onFile.columns
  const notes = [
    alive &&
      !dropped &&
      say(
        `旧号码留作备用，打不通就说"改 ${client.name} 空号 旧号码"。`,
        `The old number stays as another; if it is dead say "change ${client.name} dead number".`,
      ),
    dead &&
      !rings &&
      say(
        `没有别的号码了；问到新的就说"改 ${client.name} 电话 新号码"。`,
        `No number is left; say "change ${client.name} phone" with the new one.`,
      ),
    born && say(`出生日期按身份证记为 ${born}。`, `Born ${born}, as the number says.`),
    number &&
      bornOn &&
      bornOnOf(number) !== bornOn &&
      say(
        `身份证上的出生日期（${bornOnOf(number)}）和已登记的（${bornOn}）不同，请核对；要改就说"补 ${client.name} 出生 ${bornOnOf(number)}"。`,
        `The number says born ${bornOnOf(number)}, the file ${bornOn}; please check.`,
      ),
    call &&
      say(
        `**${saySetDay(call.dueOn, at, 'zh')}** 用新号码联系。`,
        `Call the new number **${saySetDay(call.dueOn, at, 'en')}**.`,
      ),
    barred &&
      say(
        '这个号码在负面清单上，不再做营销。',
        'The number is on the negative list: no marketing.',
      ),
    ...refused.map((each) => inLanguage(each, language)),
  ].filter(Boolean)
  const file = {
    label: say('客户档案', 'File'),
    intent: { command: 'client-file', input: { clientId: client.id } },
  }
  return {
    blocks: [
      {
        kind: 'text',
        text: [`**${client.name}** ${said.join(say('；', '; '))}`, ...notes].join('\n'),
      },
      { kind: 'buttons', buttons: [undoButton(say), file] },
    ],
  }
}
