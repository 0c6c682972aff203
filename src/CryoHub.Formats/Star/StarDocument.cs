using System.Buffers;
using System.Text;
using CryoHub.Formats.Text;
using CryoHub.Imaging;

namespace CryoHub.Formats.Star;

/// <summary>A STAR file in its blocks; values stay where they are in the file's bytes.</summary>
internal sealed class StarDocument
{
    private readonly TextBytes text;

    private StarDocument(TextBytes text) => this.text = text;

    public List<StarBlock> Blocks { get; } = [];

    public static StarDocument Parse(TextBytes text)
    {
        var document = new StarDocument(text);
        var tokens = new StarTokens(text.Span, text.Span.StartsWith("#\\#CIF_2"u8));
        List<StarBlock> open = [];
        string? name = null;
        StarLoop? loop = null;
        var inNames = false;
        while (tokens.Next())
        {
            if (tokens.IsName && (inNames || loop is null || loop.Cells.Count % loop.Names.Count == 0))
            {
                if (inNames)
                {
                    loop!.Names.Add(document.Text(tokens.Cell));
                    continue;
                }

                document.NoneIsPending(name, tokens.Cell);
                (loop, name) = (null, document.Text(tokens.Cell));
            }
            else if (tokens.Is("data_") || tokens.Is("save_"))
            {
                document.NoneIsPending(name, tokens.Cell);
                document.Enter(open, tokens.Is("data_"), document.Text(tokens.Cell)[5..]);
                (loop, inNames) = (null, false);
            }
            else if (tokens.Is("loop_") && tokens.Cell.Length == 5)
            {
                document.NoneIsPending(name, tokens.Cell);
                loop = new StarLoop([], []);
                document.Current(open, tokens.Cell).Loops.Add(loop);
                inNames = true;
            }
            else if (loop is not null)
            {
                inNames = false;
                Expect(loop.Names.Count > 0, $"A value stands at byte {tokens.Cell.Start}, where names of columns were expected.");
                loop.Cells.Add(tokens.Cell);
            }
            else
            {
                Expect(name is not null, $"A value stands at byte {tokens.Cell.Start}, where a name was expected.");
                document.Current(open, tokens.Cell).Items.Add((name!, tokens.Cell));
                name = null;
            }
        }

        Expect(name is null, $"The file ends after the name {name}, where a value was expected.");
        return document.Checked();
    }

    /// <summary>The value as text.</summary>
    public string Text(StarCell cell) => text.Decode(Bytes(cell));

    public ReadOnlySpan<byte> Bytes(StarCell cell) => text.Span.Slice(cell.Start, cell.Length);

    /// <summary>The value in UTF-8, whatever the file's encoding is.</summary>
    public void WriteUtf8(StarCell cell, ArrayBufferWriter<byte> output)
    {
        if (text.Encoding is UTF8Encoding)
        {
            output.Write(Bytes(cell));
        }
        else
        {
            Encoding.UTF8.GetBytes(Text(cell), output);
        }
    }

    /// <summary>True for <c>?</c> (unknown) and <c>.</c> (does not apply).</summary>
    public bool IsNull(StarCell cell) => !cell.IsQuoted && Bytes(cell) is [(byte)'?'] or [(byte)'.'];

    private StarBlock Current(List<StarBlock> open, StarCell cell) =>
        open.Count > 0 ? open[^1] : throw ProblemException.Unreadable($"Byte {cell.Start} stands before the first data_ heading.");

    private void Enter(List<StarBlock> open, bool isData, string name)
    {
        if (isData)
        {
            open.Clear();
            open.Add(new StarBlock(name));
            Blocks.Add(open[0]);
        }
        else if (name.Length == 0)
        {
            Expect(open.Count > 1, "A save frame ends that was not begun.");
            open.RemoveAt(open.Count - 1);
        }
        else
        {
            Expect(open.Count is > 0 and < 20, $"The save frame {name} stands at depth {open.Count}; 1 to 19 is expected.");
            var frame = new StarBlock(name);
            open[^1].Frames.Add(frame);
            open.Add(frame);
        }
    }

    private void NoneIsPending(string? name, StarCell cell) => Expect(name is null, $"{name} has no value: {Text(cell)} follows at byte {cell.Start}.");

    private StarDocument Checked()
    {
        foreach (var (block, loop) in Blocks.SelectMany(block => block.Loops.Concat(block.Frames.SelectMany(frame => frame.Loops)).Select(loop => (block, loop))))
        {
            Expect(loop.Names.Count > 0 && loop.Cells.Count % loop.Names.Count == 0,
                $"A loop of {block.Name} has {loop.Names.Count} columns and {loop.Cells.Count} values, which do not make whole rows.");
        }

        return this;
    }

    private static void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw ProblemException.Unreadable(otherwise);
        }
    }
}
