using CryoHub.Platform.Samples;

namespace CryoHub.Platform.Workflows;

/// <summary>One step of a template: one screen at the bench.</summary>
/// <param name="Kind">Key of a <see cref="Steps.StepKind"/>.</param>
/// <param name="Title">As the bench shows it.</param>
/// <param name="Instruction">What to do, in a sentence or two.</param>
/// <param name="Fields">What to record, in this order.</param>
/// <param name="Checks">Lines to tick off.</param>
/// <param name="Makes">What comes into being; the run goes on with it.</param>
public sealed record TemplateStep(
    string Kind, string Title, string Instruction, IReadOnlyList<FieldRule> Fields, IReadOnlyList<string> Checks, SampleKind? Makes = null);
