using System.Globalization;
using System.Text.Json.Nodes;
using CryoHub.Imaging;

namespace CryoHub.Formats.Npy;

/// <summary>A Python literal of text, numbers, truth values, tuples, lists and dictionaries, as NumPy writes its headers. Nothing is evaluated.</summary>
internal ref struct PythonLiteral(ReadOnlySpan<char> text)
{
    private const int MaximumDepth = 16;

    private readonly ReadOnlySpan<char> text = text;
    private int at;

    public static JsonNode? Parse(ReadOnlySpan<char> text)
    {
        var literal = new PythonLiteral(text);
        return literal.Value(0);
    }

    private JsonNode? Value(int depth)
    {
        var first = Peek();
        return first switch
        {
            _ when depth > MaximumDepth => throw Broken("is nested too deeply"),
            '{' => Dictionary(depth),
            '(' => List(')', depth),
            '[' => List(']', depth),
            '\'' or '"' => JsonValue.Create(Text()),
            _ => Word(),
        };
    }

    private JsonObject Dictionary(int depth)
    {
        at++;
        var tree = new JsonObject();
        while (Peek() != '}')
        {
            var key = Text();
            Expect(':');
            tree[key] = Value(depth + 1);
            Separate('}');
        }

        at++;
        return tree;
    }

    private JsonArray List(char close, int depth)
    {
        at++;
        var list = new JsonArray();
        while (Peek() != close)
        {
            list.Add(Value(depth + 1));
            Separate(close);
        }

        at++;
        return list;
    }

    private string Text()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"') || text[(at + 1)..].IndexOf(quote) is not (>= 0 and var length))
        {
            throw Broken("misses a text");
        }

        var value = text.Slice(at + 1, length).ToString();
        at += length + 2;
        return value;
    }

    private JsonNode? Word()
    {
        var rest = text[at..];
        var length = rest.IndexOfAny(",)]}: \n");
        var word = length < 0 ? rest : rest[..length];
        at += word.Length;
        return word switch
        {
            "True" => JsonValue.Create(true),
            "False" => JsonValue.Create(false),
            "None" => null,
            _ when long.TryParse(word.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => MetadataTree.Leaf(real),
            _ => throw Broken($"has the unknown word \"{word.ToString()}\""),
        };
    }

    private void Separate(char close)
    {
        if (Peek() == ',')
        {
            at++;
        }
        else if (Peek() != close)
        {
            throw Broken($"misses '{close}'");
        }
    }

    private void Expect(char wanted)
    {
        if (Peek() != wanted)
        {
            throw Broken($"misses '{wanted}'");
        }

        at++;
    }

    private char Peek()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at < text.Length ? text[at] : throw Broken("ends too early");
    }

    private readonly ProblemException Broken(string what) => ProblemException.Unreadable($"The array's description {what} at character {at} of {text.Length}.");
}
