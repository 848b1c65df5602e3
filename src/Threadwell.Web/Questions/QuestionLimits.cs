using System.Net;
using System.Threading.RateLimiting;
using Threadwell.Web.Accounts;

namespace Threadwell.Web.Questions;

/// <summary>
/// How much may be asked: few questions an hour from one network address, fewer where no work was done for them, and few messages a day to one e-mail address, whoever names it. Counted in memory, for as long as the program runs.
/// </summary>
internal sealed class QuestionLimits : IDisposable
{
    /// <summary>Questions an hour from one network address that did the work.</summary>
    public const int PerAddress = 6;

    /// <summary>Questions a day from one network address that did not.</summary>
    public const int WithoutWorkPerAddress = 1;

    /// <summary>Questions an hour from all addresses together that did not.</summary>
    public const int WithoutWork = 20;

    /// <summary>Photos an hour from one network address.</summary>
    public const int PhotosPerAddress = 12;

    /// <summary>Questions a day that name one e-mail address.</summary>
    public const int PerMailAddress = 3;

    private readonly PartitionedRateLimiter<string> worked = Each(PerAddress, TimeSpan.FromHours(1));
    private readonly PartitionedRateLimiter<string> unworked = Each(WithoutWorkPerAddress, TimeSpan.FromDays(1));
    private readonly PartitionedRateLimiter<string> photos = Each(PhotosPerAddress, TimeSpan.FromHours(1));
    private readonly PartitionedRateLimiter<string> mails = Each(PerMailAddress, TimeSpan.FromDays(1));
    private readonly FixedWindowRateLimiter allUnworked = new(Window(WithoutWork, TimeSpan.FromHours(1)));

    /// <summary>Counts a question.</summary>
    /// <param name="address">Who sends it.</param>
    /// <param name="mail">The e-mail address that it names; empty for none.</param>
    /// <param name="withWork">Whether the work was done.</param>
    /// <returns>Whether it may be taken.</returns>
    public bool MayAsk(IPAddress? address, string mail, bool withWork)
    {
        string network = AccountLimits.Network(address);
        string box = mail.Length == 0 ? "" : LinkSecrets.Hash(mail.ToUpperInvariant());

        // What one limit refuses uses up nothing of another.
        return (box.Length == 0 || IsLeft(mails, box)) && (withWork || allUnworked.GetStatistics()!.CurrentAvailablePermits > 0)
            && (withWork ? Takes(worked, network, 1) : Takes(unworked, network, 1) && TakesUnworked()) && (box.Length == 0 || Takes(mails, box, 1));
    }

    /// <summary>Counts photos, before the work of reading them.</summary>
    /// <param name="address">Who sends them.</param>
    /// <param name="count">How many.</param>
    /// <returns>Whether they may be read.</returns>
    public bool MaySendPhotos(IPAddress? address, int count) => count == 0 || Takes(photos, AccountLimits.Network(address), count);

    public void Dispose()
    {
        worked.Dispose();
        unworked.Dispose();
        photos.Dispose();
        mails.Dispose();
        allUnworked.Dispose();
    }

    private bool TakesUnworked()
    {
        using RateLimitLease lease = allUnworked.AttemptAcquire();
        return lease.IsAcquired;
    }

    private static bool IsLeft(PartitionedRateLimiter<string> limiter, string key) => limiter.GetStatistics(key) is not { CurrentAvailablePermits: <= 0 };

    private static bool Takes(PartitionedRateLimiter<string> limiter, string key, int count)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(key, count);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Each(int permits, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(key, _ => Window(permits, window)));

    private static FixedWindowRateLimiterOptions Window(int permits, TimeSpan window) => new() { PermitLimit = permits, Window = window, QueueLimit = 0, AutoReplenishment = true };
}
