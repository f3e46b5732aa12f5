import { ROLE_LABEL } from '../../core/staff.ts'
import { type Column, type SheetToWrite, writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { KIND_LABEL } from '../staff/labels.ts'
import { kindsFor } from '../staff/rules.ts'

const KINDS = Object.values(KIND_LABEL).map(({ zh }) => zh)
const ROLES = Object.values(ROLE_LABEL).map(({ zh }) => zh)

const text = (title: string, width: number): Column => ({ title, width, holds: 'text' })

/** The example rows begin with this word, and are passed over. */
const EXAMPLE = '示例'

const SHEETS: readonly SheetToWrite[] = [
  {
    name: '机构',
    columns: [
      text('机构代码', 14),
      text('机构名称', 24),
      { title: '类型', width: 14, options: KINDS },
      text('上级机构', 14),
    ],
    rows: [[`${EXAMPLE} T01`, '城东支行一队', KIND_LABEL.team.zh, 'B01']],
  },
  {
    name: '人员',
    columns: [
      text('工号', 14),
      text('姓名', 12),
      { title: '岗位', width: 16, options: ROLES },
      text('机构', 14),
      text('条线', 14),
      text('手机', 16),
      text('邮箱', 26),
      text('Slack ID', 16),
      text('企业微信账号', 18),
    ],
    rows: [
      [
        ...[`${EXAMPLE} M001`, '张伟', ROLE_LABEL.manager.zh, 'T01', null],
        ...['13800138000', 'zhangwei@bank.example', 'U0123ABCD', 'zhangwei'],
      ],
    ],
  },
  {
    name: '条线',
    columns: [text('条线', 20), text('部门', 20)],
    rows: [[`${EXAMPLE} 支付结算`, 'DP']],
  },
  {
    name: '说明',
    columns: [{ title: '填写说明', width: 100 }],
    rows: [
      [
        '"示例"开头的行不会导入，可以删去。三张表都用代码互相指：机构代码、工号只用字母、数字、- 和 _。',
      ],
      ['机构：从总行到团队写成一棵树，除总行外都要有上级。'],
      ['人员：手机、邮箱、聊天账号可以不填；不填保持原样，填"无"清空。表里没有的人按离职处理。'],
      ...Object.entries(ROLE_LABEL).map(([role, { zh }]) => [
        `岗位"${zh}"可以设在：${kindsFor(role as keyof typeof ROLE_LABEL)
          .map((kind) => KIND_LABEL[kind].zh)
          .join('、')}。`,
      ]),
      ['条线：每条业务条线由哪个部门办理；部门必须是"机构"表里类型为部门的一行。'],
    ],
  },
]

/** A workbook to fill in: units, people and lines of business, with an example row each. */
export const rosterTemplate = (): Promise<Buffer> => writeWorkbook({ marker: null, sheets: SHEETS })
