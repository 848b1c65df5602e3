using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Threadwell.Web.Text;

namespace Threadwell.Web.Accounts;

/// <summary>How often one may try: per network address for each page that takes a proof, and per account name whoever tries from wherever.</summary>
internal sealed class AccountLimits : IDisposable
{
    /// <summary>Name of the limit per network address.</summary>
    public const string Attempts = "attempts";

    /// <summary>Name of the limit on feeds, per network address whatever secret is asked for.</summary>
    public const string Feeds = "feeds";

    /// <summary>Readings of feeds per network address in <see cref="Window"/>: a clinic's phones share one.</summary>
    public const int FeedsPerAddress = 60;

    /// <summary>Name of the limit on what people without an account send, per network address; reading is not counted.</summary>
    public const string Sending = "sending";

    /// <summary>Forms of one kind that a network address may send in <see cref="Window"/>, whatever becomes of them.</summary>
    public const int SentPerAddress = 120;

    /// <summary>Attempts per address in <see cref="Window"/>.</summary>
    public const int PerAddress = 30;

    /// <summary>Attempts per account in <see cref="Window"/>.</summary>
    public const int PerAccount = 10;

    /// <summary>The span in which they count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> byAccount = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetFixedWindowLimiter(name, _ => Fixed(PerAccount)));

    /// <summary>Wires the limits.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<AccountLimits>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;

            limiter.OnRejected = static async (rejected, cancellation) =>
            {
                HttpContext context = rejected.HttpContext;
                context.Response.Headers.RetryAfter = ((int)Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(context.RequestServices.GetRequiredService<IStringLocalizer<AccountText>>()["tooMany"], cancellation);
            };

            // The demonstration signs in from this machine alone and proves nothing that could be guessed.
            limiter.AddPolicy(Attempts, context => context.Request.Path.StartsWithSegments("/sign-in/demonstration", StringComparison.OrdinalIgnoreCase) && DemonstrationAccounts.AreOffered(context)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetFixedWindowLimiter($"{Network(context.Connection.RemoteIpAddress)} {context.Request.Path}".ToUpperInvariant(), _ => Fixed(PerAddress)));
            limiter.AddPolicy(Sending, context => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetFixedWindowLimiter($"SENDING {Network(context.Connection.RemoteIpAddress)} {(context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText}", _ => Fixed(SentPerAddress)));
            limiter.AddPolicy(Feeds, context => RateLimitPartition.GetFixedWindowLimiter($"FEEDS {Network(context.Connection.RemoteIpAddress)}", _ => Fixed(FeedsPerAddress)));
        });
    }

    /// <summary>Counts an attempt on an account.</summary>
    /// <param name="account">Its name, whether or not there is one.</param>
    /// <returns>Whether it may be made.</returns>
    public bool MayTry(string? account)
    {
        using RateLimitLease lease = byAccount.AttemptAcquire((account ?? "").Trim().ToUpperInvariant());
        return lease.IsAcquired;
    }

    public void Dispose() => byAccount.Dispose();

    /// <summary>What counts as one sender: an address, and of version 6 all that share its first half, for whoever has one has all of them.</summary>
    public static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private static FixedWindowRateLimiterOptions Fixed(int attempts) => new() { PermitLimit = attempts, Window = Window, QueueLimit = 0, AutoReplenishment = true };
}
