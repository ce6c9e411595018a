import { TabPanel, Tabs } from '#renderer/kit/index.ts'
import type { Way } from './draft.ts'
import { FieldsTab } from './fields-tab.tsx'
import { ServiceTab } from './service-tab.tsx'
import { TlsFields } from './tls-fields.tsx'
import { UrlTab } from './url-tab.tsx'
import type { ConnectForm } from './use-connect-form.ts'

const tabs = [
  { id: 'url', label: 'URL' },
  { id: 'fields', label: 'Fields' },
  { id: 'service', label: 'Service' },
] as const satisfies readonly { id: Way; label: string }[]

/** Where to connect to, in one of three ways. */
export function ConnectFields({ form }: { readonly form: ConnectForm }) {
  return (
    <Tabs
      label="How to say where"
      items={tabs}
      value={form.draft.way}
      onChange={(way) => form.change({ way })}
      className="-mx-4 -mt-3"
    >
      <TabPanel id="url" className="flex flex-col gap-3 px-4 pt-3">
        <UrlTab form={form} />
      </TabPanel>
      <TabPanel id="fields" className="flex flex-col gap-3 px-4 pt-3">
        <FieldsTab form={form} />
        <TlsFields form={form} />
      </TabPanel>
      <TabPanel id="service" className="flex flex-col gap-3 px-4 pt-3">
        <ServiceTab form={form} />
        <TlsFields form={form} />
      </TabPanel>
    </Tabs>
  )
}
