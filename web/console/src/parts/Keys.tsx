/** The list of all keys: "?" opens it. */

import "@mantine/core/styles/ModalBase.css"
import "@mantine/core/styles/Modal.css"
import "@mantine/core/styles/Overlay.css"
import "@mantine/core/styles/Paper.css"
import "@mantine/core/styles/CloseButton.css"
import { Modal } from "@mantine/core"
import { useMemo, useState } from "react"
import { useKeys } from "../hooks"
import { say } from "../say"
import { KEYS } from "./keys"

export function Keys() {
  const [isOpen, setOpen] = useState(false)
  useKeys(useMemo(() => ({ "?": () => setOpen(true) }), []))
  return (
    <>
      <button type="button" className="btn quiet" aria-label={say("keys.title")} onClick={() => setOpen(true)}>
        <kbd>?</kbd>
      </button>
      {isOpen && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          title={say("keys.title")}
          size="lg"
          lockScroll={false}
          closeButtonProps={{ "aria-label": say("notice.close") }}
        >
          <div className="keys">
            {KEYS.map(([group, lines]) => (
              <section key={group}>
                <h3>
                  <b>{say(group)}</b>
                </h3>
                <dl>
                  {lines.map(([keys, does]) => (
                    <div key={keys + does}>
                      <dt>
                        <kbd>{keys}</kbd>
                      </dt>
                      <dd>{say(does)}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Modal>
      )}
    </>
  )
}
