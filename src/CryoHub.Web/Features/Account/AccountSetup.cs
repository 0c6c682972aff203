namespace CryoHub.Web.Features.Account;

internal static class AccountSetup
{
    public static void AddAccount(this IServiceCollection services)
    {
        services.AddScoped<SignInDesk>();
        services.AddScoped<Enrolment>();
        services.AddScoped<SecondFactor>();
        services.AddSingleton<PasswordReset>();
        services.AddHostedService(provider => provider.GetRequiredService<PasswordReset>());
    }
}
