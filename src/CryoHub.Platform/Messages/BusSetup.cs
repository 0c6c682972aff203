using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Messages;

/// <summary>Registers the bus, once per process. Web and worker each add their consumers; the bus finds endpoints for all that are there.</summary>
public static class BusSetup
{
    public static IServiceCollection AddBus(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(BusOptions.Section);
        services.AddOptions<BusOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<LocalNews>();
        services.AddSingleton<BusNews>();
        services.AddSingleton<INews>(provider => provider.GetRequiredService<BusNews>());
        services.AddHostedService(provider => provider.GetRequiredService<BusNews>());
        return services.AddMassTransit(bus =>
        {
            if (section.GetValue(nameof(BusOptions.Kind), BusKind.Memory) == BusKind.RabbitMq)
            {
                bus.UsingRabbitMq(Configure);
            }
            else
            {
                bus.UsingInMemory((context, transport) => transport.ConfigureEndpoints(context));
            }
        });
    }

    /// <summary>Every web host hears all news, on an endpoint of its own which goes when the host goes.</summary>
    public static IServiceCollection AddNewsConsumer(this IServiceCollection services)
    {
        services.RegisterConsumer<NewsConsumer, NewsConsumer.Own>();
        return services;
    }

    private static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport)
    {
        var options = context.GetRequiredService<IOptions<BusOptions>>().Value;
        transport.Host(options.Host, options.Port, options.VirtualHost, host =>
        {
            host.Username(options.User);
            host.Password(options.Password);
        });
        transport.ConfigureEndpoints(context);
    }
}
