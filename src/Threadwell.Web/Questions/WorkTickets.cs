using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Threadwell.Care.Questions;

namespace Threadwell.Web.Questions;

/// <summary>
/// Tickets that a form carries and its browser works for. Each is taken once and for some hours; they are signed by a key that this run of the program made, so that none of an earlier one, of which nobody knows whether it was
/// taken, counts.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class WorkTickets(IClock clock)
{
    /// <summary>For so long a form may lie open.</summary>
    public static readonly Duration Lasts = Duration.FromHours(6);

    private const int RandomBytes = 8;
    private const int SignatureBytes = 12;

    // Each costs its sender work of a second; so many in six hours are no people's.
    private const int MostTaken = 200_000;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, Instant> taken = new(StringComparer.Ordinal);

    /// <summary>A new ticket.</summary>
    public string Make()
    {
        string begins = string.Create(CultureInfo.InvariantCulture, $"{clock.GetCurrentInstant().ToUnixTimeSeconds()}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes))}");
        return $"{begins}.{Signature(begins)}";
    }

    /// <summary>Whether the work for a ticket that counts was done.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="proof">The work.</param>
    public bool IsWorkedFor(string? ticket, string? proof) => IsGood(ticket) && ProofOfWork.IsDone(ticket!, proof);

    /// <summary>Takes a ticket, once.</summary>
    /// <param name="ticket">One for which the work was done.</param>
    /// <returns>Whether nobody had taken it.</returns>
    public bool Take(string ticket)
    {
        Instant now = clock.GetCurrentInstant();
        if (taken.Count >= MostTaken)
        {
            foreach ((string old, Instant at) in taken)
            {
                if (now - at > Lasts)
                {
                    taken.TryRemove(old, out _);
                }
            }
        }

        return taken.Count < MostTaken && taken.TryAdd(ticket, now);
    }

    /// <summary>Whether a ticket is one of ours, not too old, and was not taken.</summary>
    public bool IsGood(string? ticket)
    {
        if (ticket is not { Length: < 100 } || ticket.LastIndexOf('.') is not (> 0 and var last) || taken.ContainsKey(ticket))
        {
            return false;
        }

        string begins = ticket[..last];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(begins)), Encoding.UTF8.GetBytes(ticket[(last + 1)..]))
            && clock.GetCurrentInstant() - Instant.FromUnixTimeSeconds(long.Parse(begins.Split('.')[0], CultureInfo.InvariantCulture)) < Lasts;
    }

    private string Signature(string begins) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(begins)).AsSpan(0, SignatureBytes));
}
