using CryoHub.Imaging;
using CryoHub.Platform.Steps;

namespace CryoHub.Platform.Workflows;

/// <summary>A standard way of doing things: steps in order, with what must and what should be recorded. A version never changes.</summary>
/// <param name="Key">Kebab-case, the same for all versions.</param>
/// <param name="Version">From 1 on.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Summary">For what it is meant.</param>
/// <param name="Steps">In the order in which they are done.</param>
public sealed record WorkflowTemplate(string Key, int Version, string Title, string Summary, IReadOnlyList<TemplateStep> Steps)
{
    /// <exception cref="ProblemException">Invalid, with the step and what is wrong in it.</exception>
    public WorkflowTemplate Checked()
    {
        if (Title.Trim().Length == 0 || Steps.Count is 0 or > 50)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A template needs a title and 1 to 50 steps; this one has {Steps.Count}.");
        }

        Limit(Title, 200, "The title");
        Limit(Summary, 2000, "The summary");
        foreach (var step in Steps)
        {
            CheckWords(step);
            var kind = StepKinds.Find(step.Kind) ?? throw new ProblemException(ProblemKind.Invalid, $"Step “{step.Title}”: “{step.Kind}” is no kind of step.");
            foreach (var rule in step.Fields)
            {
                rule.Check(kind);
            }
        }

        return this;
    }

    /// <summary>A screen at the bench holds so much; a field is asked for once.</summary>
    private static void CheckWords(TemplateStep step)
    {
        Limit(step.Title, 200, $"Step “{step.Title}”: the title");
        Limit(step.Instruction, 4000, $"Step “{step.Title}”: the instruction");
        if (step.Title.Trim().Length == 0 || step.Checks.Count > 50 || step.Checks.Any(check => check.Trim().Length is 0 or > 300))
        {
            throw new ProblemException(ProblemKind.Invalid, $"Step “{step.Title}”: a step has a title and at most 50 lines to tick off, of 1 to 300 characters; this one has {step.Checks.Count}.");
        }

        if (step.Fields.GroupBy(rule => rule.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ProblemException(ProblemKind.Invalid, $"Step “{step.Title}” asks for “{twice.Key}” {twice.Count()} times.");
        }
    }

    private static void Limit(string text, int most, string what)
    {
        if (text.Length > most)
        {
            throw new ProblemException(ProblemKind.Invalid, $"{what}: {text.Length} characters; {most} is the limit.");
        }
    }
}
