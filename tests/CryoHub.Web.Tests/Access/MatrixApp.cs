namespace CryoHub.Web.Tests.Access;

/// <summary>The table's questions share eight browsers; some of them change a person's own account, which would end the other questions' cookies.</summary>
public sealed class MatrixApp : TestApp
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [new("Web:RecheckAfter", "01:00:00")];
}
