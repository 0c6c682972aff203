using System.Security.Claims;
using Bunit;
using CryoHub.Imaging;
using CryoHub.Web.Layout;
using Microsoft.AspNetCore.Components.Authorization;

namespace CryoHub.Web.Tests.Pages;

public sealed class UserPageTests : BunitContext
{
    [Fact]
    public async Task An_action_that_leads_to_another_page_does_not_load_the_one_it_left()
    {
        var page = Draw();

        await page.InvokeAsync(() => page.Instance.ActAsync(page.Instance.Dispose));

        Assert.Equal(1, page.Instance.Loads);
    }

    [Fact]
    public async Task An_action_on_a_page_that_stays_loads_it_anew()
    {
        var page = Draw();

        await page.InvokeAsync(() => page.Instance.ActAsync(() => { }));

        Assert.Equal(2, page.Instance.Loads);
    }

    [Fact]
    public async Task A_refusal_is_kept_for_the_page_to_show()
    {
        var page = Draw();

        await page.InvokeAsync(() => page.Instance.ActAsync(() => throw ProblemException.Invalid("The quota of 1 GB is used up.")));

        Assert.Equal("The quota of 1 GB is used up.", page.Instance.Said);
    }

    private IRenderedComponent<Probe> Draw() =>
        Render<Probe>(parameters => parameters.AddCascadingValue(Task.FromResult(new AuthenticationState(new ClaimsPrincipal()))));

    private sealed class Probe : UserPage
    {
        public int Loads { get; private set; }

        public string? Said => Refusal;

        public Task ActAsync(Action act) => DoAsync(() =>
        {
            act();
            return Task.CompletedTask;
        });

        protected override Task LoadAsync()
        {
            Ct.ThrowIfCancellationRequested();
            Loads++;
            return Task.CompletedTask;
        }
    }
}
