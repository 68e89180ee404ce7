/** The same without anything left to write: a policy that nothing is wrong with but its size. */
export function wholeKeyPolicy(bytes) {
  const { text, offsets } = keyPolicy(bytes);
  const whole = text
    .replace(', "kms:De"', '')
    .replace('"",\n', '"Resource": "*",\n')
    .replace('"": "x", ', '')
    .replace('"kms:ViaService": ""', '"kms:ViaService": "s3.eu-west-1.amazonaws.com"');
  return { text: whole, offsets: { edit: offsets.edit } };
}

/**
 * A key policy of about `bytes` characters, with one statement in the middle that requests are made in. Marks tell where:
 * `hover` stands in an action, the others where something is to be written.
 */
export function keyPolicy(bytes) {
  const statements = [];
  let length = 0;
  for (let index = 0; length < bytes; index++) {
    const text = statement(index);
    statements.push(text);
    length += text.length + 8;
  }
  statements[Math.floor(statements.length / 2)] = MIDDLE;
  const marked = `{\n  "Version": "2012-10-17",\n  "Statement": [\n${statements.join(',\n')}\n  ]\n}\n`;
  return readMarks(marked);
}

const MIDDLE = `    {
      "Sid": "Middle «edit»",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Middle" },
      "Action": ["kms:De«hover»crypt", "kms:De«action»"],
      "«element»",
      "Condition": { "StringEquals": { "«key»": "x", "kms:ViaService": "«value»" } }
    }`;

function statement(index) {
  const account = String(111122220000 + (index % 40));
  return `    {
      "Sid": "Statement ${index}",
      "Effect": "${index % 5 === 0 ? 'Deny' : 'Allow'}",
      "Principal": { "AWS": ["arn:aws:iam::${account}:role/App${index}", "arn:aws:iam::${account}:root"] },
      "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
      "Resource": "*",
      "Condition": {
        "StringEquals": { "kms:ViaService": "s3.eu-west-1.amazonaws.com", "kms:EncryptionContext:app": "app${index}" }
      }
    }`;
}

function readMarks(marked) {
  const offsets = {};
  let text = '';
  for (const [index, part] of marked.split(/«|»/).entries()) {
    if (index % 2 === 0) text += part;
    else offsets[part] = text.length;
  }
  return { text, offsets };
}
