using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Messages;
using CryoHub.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace CryoHub.Web.Layout;

/// <summary>A page of a signed-in person: knows who, loads when its address changes, shows a refusal in words, and stops its questions when it is left.</summary>
[Authorize]
public abstract class UserPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource left = new();
    private IDisposable? news;
    private bool isReloading;
    private bool isStale;
    private int loading;

    protected UserPage() => Ct = left.Token;

    [Inject]
    private LocalNews News { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>The signed-in person's id.</summary>
    protected Guid Me { get; private set; }

    protected bool IsAdministrator { get; private set; }

    /// <summary>False until the first load has ended.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>What the last action was refused for, in words; <c>null</c> where nothing was.</summary>
    protected string? Refusal { get; set; }

    /// <summary>Cancelled when the page is left; stays usable afterwards, as an action may end after its page.</summary>
    protected CancellationToken Ct { get; }

    public void Dispose()
    {
        left.Cancel();
        left.Dispose();
        news?.Dispose();
        Leave();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnParametersSetAsync()
    {
        var principal = (await Authentication).User;
        Me = CurrentUser.From(principal)?.Id ?? Guid.Empty;
        IsAdministrator = principal.HasClaim(claim => claim.Type == Schemes.Administrator);
        await LoadWholeAsync();
        IsLoaded = true;
    }

    /// <summary>A page is drawn before or after a load, never with half of its fields set.</summary>
    protected override bool ShouldRender() => loading == 0;

    /// <summary>Asks for what the address names; called again when the address changes.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Ends subscriptions.</summary>
    protected virtual void Leave()
    {
    }

    /// <summary>From now on loads anew when a job of this project begins or ends: an upload arrives, a result is there.</summary>
    protected void Follow(Guid projectId) => Follow<JobChanged>(job => job.ProjectId == projectId && job.Fraction is 0 or 1);

    /// <summary>From now on loads anew at such news; a page follows one kind.</summary>
    protected void Follow<T>(Func<T, bool> concerns)
        where T : class => news ??= News.Subscribe<T>(change => concerns(change) ? InvokeAsync(ReloadAsync) : Task.CompletedTask);

    /// <summary>Does what a person asked for and loads anew; a refusal is kept for the page to show.</summary>
    protected async Task DoAsync(Func<Task> action)
    {
        Refusal = null;
        try
        {
            await action();
            if (!Ct.IsCancellationRequested)   // the action may have led to another page
            {
                await LoadWholeAsync();
            }
        }
        catch (OperationCanceledException) when (Ct.IsCancellationRequested)
        {
            // Nobody is left to tell.
        }
        catch (ProblemException refused)
        {
            Refusal = refused.Message;
        }
    }

    private async Task LoadWholeAsync()
    {
        loading++;
        try
        {
            await Task.Yield();   // the very first drawing happens here, before anything is set, also where the first answer is there at once
            await LoadAsync();
        }
        finally
        {
            loading--;
        }
    }

    /// <summary>One load at a time: a thousand files that arrive together cost a few.</summary>
    private async Task ReloadAsync()
    {
        isStale = true;
        if (isReloading)
        {
            return;
        }

        isReloading = true;
        while (isStale && !Ct.IsCancellationRequested)
        {
            isStale = false;
            try
            {
                await LoadWholeAsync();
                StateHasChanged();
            }
            catch (OperationCanceledException) when (Ct.IsCancellationRequested)
            {
                // Nobody is left to tell.
            }
        }

        isReloading = false;
    }
}
