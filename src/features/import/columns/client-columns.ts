import { text } from '../../../core/text.ts'
import type { ColumnSpec } from './rules.ts'

const words = (all: string): readonly string[] => all.split(' ')

/** Whose it is when it is not the client's, and what is none. */
const NOT_THE_CLIENTS =
  /经办|客户经理|管户|主办|联系人|聯絡人|担保|擔保|保证人|配偶|亲属|子女|父|母|推荐|介绍|登记人|录入|审核|审批|操作|柜员|员工|主管|类型|类别|种类|是否|状态|起|开始|有效|期限|到期|officer|manager|contactperson|emergency|guarantor|spouse|type|valid|status/
/** The first day, or the last day of something else. */
const NOT_THE_CREDITS =
  /经办|客户经理|证件|身份证|证照|执照|保单|抵押|天数|起|开始|生效|licen|start|from|begin/

/** The columns of a book of clients that are no fact of the standards. */
export const CLIENT_COLUMNS = {
  name: {
    ...{ label: text('姓名', 'name'), kind: 'text', most: 40 },
    exact: words(
      '姓名 客户姓名 客户名称 客户名 名称 户名 借款人 法人 法定代表人 联系人姓名 name clientname',
    ),
    like: /姓名|客户名|(?<!商)户名/,
    never: NOT_THE_CLIENTS,
    anyOfThem: true,
  },
  businessName: {
    ...{ label: text('企业', 'business'), kind: 'text', most: 60 },
    exact: words(
      '企业名称 企业 店名 商户名称 商户 公司 公司名称 单位名称 经营实体 字号 business businessname company shop',
    ),
    like: /企业名|公司名|商户名|店名|字号/,
    never: /类型|性质|代码|编号|规模|是否/,
    anyOfThem: true,
  },
  phone: {
    ...{ label: text('手机号', 'phone'), kind: 'phone' },
    exact: words(
      '手机号 手机号码 手机 电话 电话号码 联系电话 联系方式 联系手机 移动电话 客户手机 客户手机号 客户手机号码 客户电话 手機 手機號 手機號碼 電話 聯絡電話 phone mobile phonenumber mobilephone mobilenumber',
    ),
    like: /手机|电话|手機|電話|phone|mobile/,
    never: NOT_THE_CLIENTS,
  },
  id: {
    ...{ label: text('身份证号', 'ID number'), kind: 'paper' },
    exact: words(
      '身份证 身份证号 身份证号码 居民身份证 居民身份证号 居民身份证号码 证件号 证件号码 客户身份证号 客户证件号码 身份證 身份證號 身份證號碼 idnumber identity idcard idno identitynumber',
    ),
    like: /身份证|身份證|证件号|證件號|idnumber|identity|idcard/,
    never: NOT_THE_CLIENTS,
  },
  code: {
    ...{ label: text('统一社会信用代码', 'credit code'), kind: 'paper' },
    exact: words(
      '统一社会信用代码 社会信用代码 统一信用代码 信用代码 统一社会信用代码号 證照號碼 證照號 证照号 证照号码 統一社會信用代碼 creditcode socialcreditcode',
    ),
    like: /信用代码|信用代碼|creditcode/,
    never: NOT_THE_CLIENTS,
  },
  ownerCode: {
    ...{ label: text('客户经理工号', 'staff code'), kind: 'staff' },
    exact: words(
      '工号 客户经理工号 经理工号 管户经理工号 管户工号 员工号 员工编号 客户经理编号 ownercode staffcode managercode',
    ),
    like: /(?:经理|管户|主办).*(?:工号|编号|代码)/,
    never: /推荐|介绍|录入|审批/,
  },
  owner: {
    ...{ label: text('客户经理', 'manager'), kind: 'staff' },
    exact: words(
      '客户经理 经理 管户经理 管户人 管户 主办客户经理 主办 维护人 归属 归属人 客户经理姓名 manager owner accountmanager',
    ),
    like: /客户经理|管户/,
    never: /电话|手机|工号|编号|代码|机构|部门|协办|phone/,
  },
  kind: {
    ...{ label: text('客户类别', 'kind'), kind: 'word' },
    exact: words('客户类别 客户类型 客户性质 存量潜在 是否存量 kind clientkind clienttype'),
    words: {
      ...{ 存量: 'existing', 存量客户: 'existing', 现有: 'existing', 老客户: 'existing' },
      ...{ 已授信: 'existing', existing: 'existing', 潜在: 'prospect', 潜在客户: 'prospect' },
      ...{ 潜客: 'prospect', 意向: 'prospect', 意向客户: 'prospect', 新客户: 'prospect' },
      ...{ 目标客户: 'prospect', prospect: 'prospect', 是: 'existing', 否: 'prospect' },
    },
  },
  source: {
    ...{ label: text('来源', 'source'), kind: 'word' },
    exact: words('来源 客户来源 获客来源 获客渠道 渠道 source'),
    words: {
      ...{ 散客: 'walk-in', 自然到访: 'walk-in', 上门: 'walk-in', 'walk-in': 'walk-in' },
      ...{ 名单: 'list', 名单营销: 'list', 白名单: 'list', list: 'list' },
      ...{ 集群: 'cluster', 商圈: 'cluster', 市场: 'cluster', 园区: 'cluster', cluster: 'cluster' },
      ...{ 行业: 'industry', 行业营销: 'industry', industry: 'industry' },
      ...{ 转介: 'referral', 转介绍: 'referral', 推荐: 'referral', 介绍: 'referral' },
      ...{ 老带新: 'referral', referral: 'referral' },
    },
  },
  sourceDetail: {
    ...{ label: text('来源说明', 'source detail'), kind: 'text', most: 100 },
    exact: words('来源说明 来源备注 来源明细 名单名称 推荐人 介绍人 转介人 sourcedetail referrer'),
  },
  region: {
    ...{ label: text('区域', 'region'), kind: 'text', most: 40 },
    exact: words('区域 地区 片区 所在区域 所属区域 网格 街道 region area'),
  },
  cluster: {
    ...{ label: text('集群', 'cluster'), kind: 'text', most: 40 },
    exact: words('集群 商圈 市场 园区 专业市场 所属集群 所属商圈 所属市场 cluster market'),
  },
  industry: {
    ...{ label: text('行业', 'industry'), kind: 'text', most: 40 },
    exact: words('行业 所属行业 行业名称 主营行业 经营行业 主营业务 经营范围 industry'),
  },
  address: {
    ...{ label: text('地址', 'address'), kind: 'text', most: 200 },
    exact: words(
      '地址 经营地址 经营场所地址 店铺地址 单位地址 通讯地址 联系地址 营业地址 住址 家庭住址 家庭地址 address',
    ),
    like: /地址|address/,
    never: /证件|身份证|户籍|注册|邮箱|email|mail/,
    anyOfThem: true,
  },
  wechat: {
    ...{ label: text('微信号', 'WeChat'), kind: 'text', most: 60 },
    exact: words('微信 微信号 wechat wechatid'),
  },
  language: {
    ...{ label: text('语言', 'language'), kind: 'text', most: 40 },
    exact: words('语言 方言 沟通语言 language'),
  },
  licenceEnds: {
    ...{ label: text('执照到期日', 'licence ends'), kind: 'last-day' },
    exact: words(
      '执照到期日 营业执照到期日 营业执照有效期 营业执照有效期至 执照有效期 执照有效期至 执照到期 licenceends licenseends licenceendson',
    ),
    like: /执照.*(?:到期|有效期|截止)/,
    never: /起|开始|是否|类型/,
  },
  held: {
    ...{ label: text('持有产品', 'products held'), kind: 'products' },
    exact: words(
      '持有产品 已有产品 已办产品 签约产品 产品持有 已开产品 productsheld held products',
    ),
  },
  account: {
    ...{ label: text('授信账号', 'account'), kind: 'text', most: 60 },
    exact: words(
      '账号 帐号 贷款账号 授信账号 合同号 合同编号 贷款合同号 授信合同号 授信合同编号 授信编号 授信协议号 额度编号 借据号 借据编号 account accountnumber contract contractnumber',
    ),
  },
  product: {
    ...{ label: text('授信产品', 'facility product'), kind: 'product' },
    exact: words('授信产品 贷款产品 产品 产品名称 贷款品种 业务品种 授信品种 product loanproduct'),
  },
  facilityKind: {
    ...{ label: text('授信方式', 'facility kind'), kind: 'word' },
    exact: words('授信方式 授信类型 贷款方式 额度类型 facilitykind'),
    words: {
      ...{
        授信: 'line',
        额度: 'line',
        循环: 'line',
        循环贷: 'line',
        循环授信: 'line',
        line: 'line',
      },
      ...{
        贷款: 'loan',
        单笔: 'loan',
        单笔贷款: 'loan',
        一次性: 'loan',
        非循环: 'loan',
        loan: 'loan',
      },
    },
  },
  limit: {
    ...{ label: text('授信额度', 'credit limit'), kind: 'yuan' },
    exact: words(
      '授信额度 授信金额 授信总额 额度 授信 贷款额度 合同金额 贷款金额 creditlimit limit',
    ),
    never: /可用|剩余|已用/,
  },
  balance: {
    ...{ label: text('余额', 'balance'), kind: 'yuan', anySize: true },
    exact: words('余额 贷款余额 用信余额 用信金额 已用额度 已用金额 当前余额 balance outstanding'),
  },
  usage: {
    ...{ label: text('用信率', 'usage'), kind: 'share' },
    exact: words('用信率 使用率 额度使用率 用信比例 usage usagerate'),
  },
  opened: {
    ...{ label: text('授信起始日', 'opened'), kind: 'day' },
    exact: words(
      '授信起始日 授信日期 授信开始日 起始日 起始日期 贷款发放日 放款日 放款日期 发放日期 合同起始日 opened openedon startdate',
    ),
  },
  creditEnds: {
    ...{ label: text('授信到期日', 'credit ends'), kind: 'last-day' },
    exact: words(
      '授信到期日 授信到期 授信到期日期 额度到期日 贷款到期日 贷款到期 合同到期日 到期日 到期日期 授信有效期至 creditends creditendson enddate expires',
    ),
    like: /(?:授信|额度|贷款|合同).*(?:到期|截止)/,
    never: NOT_THE_CREDITS,
  },
  asOf: {
    ...{ label: text('数据日期', 'as of'), kind: 'day' },
    exact: words('数据日期 截至日期 截至 截止日期 统计日期 业务日期 asof businessday'),
  },
  note: {
    ...{ label: text('备注', 'note'), kind: 'text', most: 500 },
    exact: words('备注 说明 备注信息 客户备注 note notes remark remarks'),
    anyOfThem: true,
  },
} as const satisfies Readonly<Record<string, ColumnSpec>>
export type ClientColumn = keyof typeof CLIENT_COLUMNS
