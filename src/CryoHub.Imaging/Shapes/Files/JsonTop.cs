using System.Text.Json;

namespace CryoHub.Imaging.Shapes.Files;

/// <summary>Looks at the outermost level of a JSON text without building it.</summary>
internal static class JsonTop
{
    /// <summary>Whether the text is an object with that key; <c>false</c> for what is no JSON up to there.</summary>
    public static bool Holds(ReadOnlySpan<byte> text, string key)
    {
        var reader = new Utf8JsonReader(WithoutMark(text));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(key))
                {
                    return true;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    /// <summary>Whether the text begins as a list.</summary>
    public static bool IsList(ReadOnlySpan<byte> text) => WithoutMark(text).TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    /// <summary>Some editors of Windows put a byte order mark before UTF-8, which JSON does not allow.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
