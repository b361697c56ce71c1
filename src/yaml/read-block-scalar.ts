import { CHOMPING_MODE, type EVENT_ID, type Event, getScalarValue } from 'js-yaml';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;

/**
 * The place and the text of a block scalar, from its indicator to the end of its last line. Blank lines behind belong
 * to it where it keeps them. A last line without a line break gets none, as in go-yaml and against js-yaml.
 */
export function readBlockScalar(
  source: string,
  event: ScalarEvent,
): { readonly start: number; readonly end: number; readonly text: string } {
  const start = headerStart(source, event.valueStart);
  const keeps = event.chomping === CHOMPING_MODE.KEEP;
  const lastBreak = source.lastIndexOf('\n', source.length - 1);
  const isOpen = event.valueEnd > lastBreak + 1;
  const end = Math.max(
    keeps ? behindLast(source, event.valueEnd) : filledEnd(source, event),
    headerEnd(source, event),
  );
  if (!isOpen) return { start, end, text: getScalarValue(source, event) };
  const isBlank =
    source.length - (lastBreak + 1) <= event.indent && source.slice(lastBreak + 1).trim() === '';
  if (isBlank || event.indent < 0) {
    return {
      start,
      end,
      text: getScalarValue(source, { ...event, valueEnd: Math.max(lastBreak + 1, event.valueStart) }),
    };
  }
  const text = getScalarValue(source, event);
  return { start, end, text: event.chomping === CHOMPING_MODE.STRIP ? text : text.slice(0, -1) };
}

/** The indicator stands on the line above the text, behind a key, a dash or tags. */
function headerStart(source: string, valueStart: number): number {
  const isBehindBreak = source[valueStart - 1] === '\n';
  const line = source.lastIndexOf('\n', valueStart - (isBehindBreak ? 2 : 1)) + 1;
  const header = source.slice(line, valueStart).replace(/\r?\n$/, '');
  return line + header.search(/[|>][-+0-9]*[ \t]*(?:#.*)?$/s);
}

function headerEnd(source: string, { valueStart }: ScalarEvent): number {
  return behindLast(source, valueStart);
}

/** Before the line break that ends the text before an offset. */
function behindLast(source: string, offset: number): number {
  if (source[offset - 1] !== '\n') return offset;
  return source[offset - 2] === '\r' ? offset - 2 : offset - 1;
}

/** The end of the last line that is more than indentation. */
function filledEnd(source: string, { valueStart, valueEnd, indent }: ScalarEvent): number {
  let end = behindLast(source, valueEnd);
  while (end > valueStart) {
    const line = Math.max(source.lastIndexOf('\n', end - 1) + 1, valueStart);
    if (source.slice(line, end).trim() !== '' || end - line > Math.max(indent, 0)) break;
    end = behindLast(source, line);
  }
  return end;
}
