using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Messages;

/// <summary>Registers the bus once per process: web, worker or both name the consumers they bring.</summary>
public static class BusSetup
{
    public static IServiceCollection AddBus(this IServiceCollection services, IConfiguration configuration, params Action<IBusRegistrationConfigurator>[] consumers)
    {
        var section = configuration.GetSection(BusOptions.Section);
        services.AddOptions<BusOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<LocalNews>();
        services.AddSingleton<BusNews>();
        services.AddSingleton<INews>(provider => provider.GetRequiredService<BusNews>());
        services.AddHostedService(provider => provider.GetRequiredService<BusNews>());
        return services.AddMassTransit(bus =>
        {
            foreach (var add in consumers)
            {
                add(bus);
            }

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

    /// <summary>Every web host hears all news on an endpoint of its own, which goes when the host goes.</summary>
    public static void AddNewsConsumer(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<NewsConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = $"news-{Guid.CreateVersion7():N}";
            endpoint.Temporary = true;
        });

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
