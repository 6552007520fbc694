import { startMock } from "./mock/start-mock.ts";
import { sendRaw } from "../test/contract/fuzz/raw-http.ts";
const mock = await startMock({ onDisagreement: (w) => console.log("DIS", w) });
const port = Number(new URL(mock.url).port);
for (const text of [
"GET /organizations/01F8MECHZX3TBDSZ7XRADM79XV/customers?__server=200&constructor=200&__code=%>=&%73ort=[0]` HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: \r\naccept: text/html\r\nauthorization: Bearer a b\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n",
"GET http://elsewhere.example/organizations/01F8MECHZX3TBDSZ7XRADM79XV/customers/01FCCGYZA9JPQ97HBSTKW0KT7P?%73ort=[]:^?&%73ort=http://a HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer any\r\ncontent-type: x\r\nconnection: close\r\n\r\n",
"GET /organizations/01F8MECHZX3TBDSZ7XRADM79XV/customers/01FCCGYZA9JPQ97HBSTKW0KT7P?sort=a&sort=http://a HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer any\r\nconnection: close\r\n\r\n",
"GET /organizations/01F8MECHZX3TBDSZ7XRADM79XV/customers/01FCCGYZA9JPQ97HBSTKW0KT7P HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer any\r\ncontent-type: x\r\nconnection: close\r\n\r\n",
]) console.log(await sendRaw(port, Buffer.from(text), 40000));
await mock.stop();
