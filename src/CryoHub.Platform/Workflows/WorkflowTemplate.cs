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

        foreach (var step in Steps)
        {
            var kind = StepKinds.Find(step.Kind) ?? throw new ProblemException(ProblemKind.Invalid, $"Step “{step.Title}”: “{step.Kind}” is no kind of step.");
            foreach (var rule in step.Fields)
            {
                rule.Check(kind);
            }
        }

        return this;
    }
}
