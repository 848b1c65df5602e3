using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage.Audit;
using Threadwell.Web.Access;

namespace Threadwell.Web.Audit;

/// <summary>Wires the audit trail.</summary>
internal static class AuditServices
{
    public static void Add(IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(new AuditHeads(AuditHeads.PathIn(dataFolder)));
        services.AddSingleton(provider =>
        {
            IHttpContextAccessor accessor = provider.GetRequiredService<IHttpContextAccessor>();
            return new AuditTrail(provider.GetRequiredService<IClock>(), provider.GetRequiredService<AuditHeads>(), () => ActorOf(accessor.HttpContext));
        });
        services.AddSingleton<AccessLog>();
    }

    // Outside of a request the program works by itself; inside one without an account it is nobody, such as somebody who tries passwords.
    private static AuditActor ActorOf(HttpContext? context) => CurrentUser.Of(context) switch
    {
        { DeviceId: { } phone } enrolled => new AuditActor(phone, enrolled.Name, "Phone"),
        { UserId: { } id } user => new AuditActor(id, user.Name, user.Role.ToString()!),
        _ => context is null ? AuditActor.Program : new AuditActor(null, "", ""),
    };
}
