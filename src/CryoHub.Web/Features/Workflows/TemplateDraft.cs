using System.Text;
using CryoHub.Platform.Workflows;

namespace CryoHub.Web.Features.Workflows;

/// <summary>A template in the editor. It becomes the version after the one it was made from.</summary>
public sealed class TemplateDraft
{
    /// <summary>A new one.</summary>
    public TemplateDraft() => Steps.Add(new StepDraft());

    /// <summary>A change of a lab's own template or, with <paramref name="isCopy"/>, one of its own made from another.</summary>
    public TemplateDraft(WorkflowTemplate from, bool isCopy)
    {
        (Key, Version, Title, Summary) = (from.Key, isCopy ? 1 : from.Version + 1, from.Title, from.Summary);
        Steps.AddRange(from.Steps.Select(step => new StepDraft(step)));
    }

    /// <summary>Empty until the first version is saved: then it comes from the title and never changes.</summary>
    public string Key { get; } = "";

    public int Version { get; } = 1;

    public string Title { get; set; } = "";

    public string Summary { get; set; } = "";

    public List<StepDraft> Steps { get; } = [];

    /// <summary>The step taken out last, until it is put back.</summary>
    public (StepDraft Step, int At)? Removed { get; private set; }

    public void Remove(StepDraft step)
    {
        Removed = (step, Steps.IndexOf(step));
        Steps.Remove(step);
    }

    public void PutBack()
    {
        if (Removed is var (step, at))
        {
            Steps.Insert(Math.Min(at, Steps.Count), step);
            Removed = null;
        }
    }

    public void Move(StepDraft step, int by)
    {
        var (at, to) = (Steps.IndexOf(step), Steps.IndexOf(step) + by);
        if (at >= 0 && to >= 0 && to < Steps.Count)
        {
            (Steps[at], Steps[to]) = (Steps[to], Steps[at]);
        }
    }

    public WorkflowTemplate ToTemplate() => new(Key.Length > 0 ? Key : KeyOf(Title), Version, Title.Trim(), Summary.Trim(), [.. Steps.Select(step => step.ToStep())]);

    /// <summary>Kebab-case of the letters and digits that a key may hold.</summary>
    internal static string KeyOf(string title)
    {
        var key = new StringBuilder();
        foreach (var c in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                key.Append(c);
            }
            else if (key.Length > 0 && key[^1] != '-')
            {
                key.Append('-');
            }
        }

        var text = key.ToString().Trim('-');
        return text.Length <= 80 ? text : text[..80].TrimEnd('-');
    }
}
