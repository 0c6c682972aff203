namespace CryoHub.Formats.Autodoc;

/// <summary>One section: <c>[ZValue = 3]</c> and the keys below it.</summary>
internal sealed record AutodocSection(string Kind, string Value)
{
    public List<KeyValuePair<string, string>> Keys { get; } = [];

    public string? this[string key] => Keys.Find(pair => pair.Key == key).Value;
}
