using System.Text.Json;
using CryoHub.Imaging;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Workflows;
using CryoHub.Web.Features.Workflows;

namespace CryoHub.Web.Tests.Workflows;

public sealed class TemplateDraftTests
{
    public static TheoryData<string> BuiltIn { get; } = [.. BuiltInTemplates.All.Select(template => template.Key)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void A_template_that_is_opened_and_saved_says_what_it_said(string key)
    {
        var template = BuiltInTemplates.All.Single(one => one.Key == key);
        var saved = new TemplateDraft(template, isCopy: true).ToTemplate().Checked();
        Assert.Equal(JsonSerializer.Serialize(template with { Version = 1 }), JsonSerializer.Serialize(saved));
        Assert.Equal(template.Version + 1, new TemplateDraft(template, isCopy: false).ToTemplate().Version);
    }

    [Fact]
    public void Steps_move_and_fields_that_two_kinds_share_stay_when_the_kind_changes()
    {
        var draft = new TemplateDraft { Title = "  Na cell, no wash! " };
        draft.Steps[0].Title = "First";
        draft.Steps[0].Rules.Single(rule => rule.Field.Key == "stack-pressure").Asked = "required";
        draft.Steps[0].Rules.Single(rule => rule.Field.Key == "stack-pressure").High = " 5 MPa ";
        draft.Steps[0].Rules.Single(rule => rule.Field.Key == "electrode").Asked = "recommended";
        draft.Steps[0].Kind = "cycling";   // has a stack pressure too, but no electrode
        draft.Steps[0].Checks = "Label is on\n\n  Lid is closed ";
        draft.Steps.Add(new StepDraft { Title = "Second", Makes = SampleKind.Electrode });
        draft.Move(draft.Steps[1], -1);
        draft.Move(draft.Steps[0], -1);   // is the first already
        var template = draft.ToTemplate().Checked();
        Assert.Equal(("na-cell-no-wash", "Na cell, no wash!", 1), (template.Key, template.Title, template.Version));
        Assert.Equal(["Second", "First"], template.Steps.Select(step => step.Title));
        Assert.Equal([new FieldRule("stack-pressure", true, "", "5 MPa")], template.Steps[1].Fields);
        Assert.Equal(["Label is on", "Lid is closed"], template.Steps[1].Checks);
    }

    [Fact]
    public void What_a_screen_at_the_bench_cannot_hold_is_refused()
    {
        var step = new TemplateStep("note", "Look", "", [], []);
        Refused(step with { Title = " " }, "has a title");
        Refused(step with { Instruction = new string('x', 4001) }, "4001 characters; 4000 is the limit");
        Refused(step with { Checks = [.. Enumerable.Repeat("tick", 51)] }, "this one has 51");
        Refused(step with { Kind = "cycling", Fields = [new("cycles", true), new("cycles", false)] }, "asks for “cycles” 2 times");
    }

    private static void Refused(TemplateStep step, string words) =>
        Assert.Contains(words, Assert.Throws<ProblemException>(() => new WorkflowTemplate("t", 1, "T", "", [step]).Checked()).Message, StringComparison.Ordinal);
}
