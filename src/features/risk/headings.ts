import { text } from '../../core/text.ts'
import type { Headings } from '../../infra/sheets/headings.ts'

/** Whose number it is when it is not the client's, and what is no number at all. */
const NOT_THE_CLIENTS =
  /经办|客户经理|联系人|聯絡人|担保|擔保|保证人|配偶|亲属|子女|父|母|推荐|介绍|登记人|录入|审核|审批|操作|柜员|员工|主管|类型|类别|种类|是否|状态|起|开始|有效|期限|到期|officer|manager|contactperson|emergency|guarantor|spouse|type|valid|status/
/** The first day, or the last day of something else. */
const NOT_THE_LAST_DAY =
  /经办|客户经理|联系人|担保|配偶|类型|是否|起|开始|生效|证件|身份证|证照|执照|合同|贷款|授信|保单|抵押|天数|start|from|begin|loan|contract/

/** How the columns of a list of people are called. */
export const LABELS = {
  phone: text('手机号', 'phone'),
  id: text('身份证号', 'ID number'),
  code: text('统一社会信用代码', 'social credit code'),
  reason: text('理由', 'reason'),
  evidence: text('证据', 'evidence'),
  until: text('到期日', 'until'),
  name: text('姓名', 'name'),
} as const

/** What they may be called. */
export const HEADINGS = {
  phone: {
    exact:
      '手机号 手机号码 手机 电话 电话号码 联系电话 联系方式 联系手机 移动电话 客户手机 客户手机号 客户手机号码 客户电话 手機 手機號 手機號碼 電話 聯絡電話 phone mobile phonenumber mobilephone mobilenumber'.split(
        ' ',
      ),
    like: /手机|电话|手機|電話|联系方式|phone|mobile/,
    never: NOT_THE_CLIENTS,
  },
  id: {
    exact:
      '身份证 身份证号 身份证号码 居民身份证 居民身份证号 居民身份证号码 证件号 证件号码 证照号 证照号码 客户身份证号 客户证件号码 身份證 身份證號 身份證號碼 idnumber identity idcard idno identitynumber'.split(
        ' ',
      ),
    like: /身份证|身份證|证件号|證件號|证照号|idnumber|identity|idcard/,
    never: NOT_THE_CLIENTS,
  },
  code: {
    exact:
      '统一社会信用代码 社会信用代码 统一信用代码 信用代码 統一社會信用代碼 creditcode socialcreditcode'.split(
        ' ',
      ),
    like: /信用代码|信用代碼|creditcode/,
    never: NOT_THE_CLIENTS,
  },
  reason: {
    exact: '理由 原因 列入理由 列入原因 退出理由 退出原因 事由 reason'.split(' '),
    like: /理由|原因|reason/,
    never: /是否|类型|编号|代码/,
  },
  evidence: {
    exact: '证据 佐证 佐证材料 證據 evidence'.split(' '),
    like: /证据|佐证|evidence/,
    never: /是否|类型|编号/,
  },
  until: {
    exact:
      '到期日 到期日期 截止日 截止日期 失效日 失效日期 有效期 有效期至 有效期止 有效至 终止日期 至 until expires expirydate'.split(
        ' ',
      ),
    like: /到期|截止|截至|失效|有效期|终止|until|expir/,
    never: NOT_THE_LAST_DAY,
  },
  name: {
    exact: '姓名 名称 客户 客户姓名 客户名称 企业名称 户名 name'.split(' '),
    like: /姓名|客户名|企业名|公司名|name/,
    never: NOT_THE_CLIENTS,
    anyOfThem: true,
  },
} as const satisfies Headings<string>
export type Column = keyof typeof HEADINGS

/** One of these must be there. */
export const NUMBERS = ['phone', 'id', 'code'] as const

/** The column of reasons in a workbook that was given back, in either language. */
export const FAULT = { zh: '问题', en: 'Fault' } as const
export const isFaultTitle = (title: string): boolean =>
  Object.values(FAULT).some((each) => each === title)
