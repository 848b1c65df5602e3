using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Threadwell.Care.Questions;

/// <summary>
/// Work that a sender has done: for each of some small puzzles a number with which SHA-256 of "CHALLENGE:PUZZLE:NUMBER" begins with enough zero bits. Many small puzzles in the place of one large one, so that how much is done
/// can be told, and so that nobody has bad luck for long: with 32 puzzles of 13 bits nine in ten senders need between 200 000 and 340 000 hashes.
/// </summary>
public static class ProofOfWork
{
    /// <summary>Puzzles of a challenge.</summary>
    public const int Puzzles = 32;

    /// <summary>Zero bits of each.</summary>
    public const int Bits = 13;

    // A number of the proof has at most so many digits; 2^31 tries of 13 bits would never be needed.
    private const int LongestNumber = 10;

    /// <summary>Whether a proof answers a challenge.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="proof">The numbers, parted by points, in the order of the puzzles.</param>
    public static bool IsDone(string challenge, string? proof)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        if (proof is null || proof.Length > Puzzles * (LongestNumber + 1))
        {
            return false;
        }

        string[] numbers = proof.Split('.');
        return numbers.Length == Puzzles
            && Enumerable.Range(0, Puzzles).All(puzzle => numbers[puzzle].Length is > 0 and <= LongestNumber && numbers[puzzle].All(char.IsAsciiDigit) && Zeros(challenge, puzzle, numbers[puzzle]) >= Bits);
    }

    /// <summary>Does the work, as a browser's script does: for tests and measurements.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <returns>The proof.</returns>
    public static string Do(string challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        return string.Join('.', Enumerable.Range(0, Puzzles).Select(puzzle =>
        {
            long number = 0;
            while (Zeros(challenge, puzzle, number.ToString(CultureInfo.InvariantCulture)) < Bits)
            {
                number++;
            }

            return number.ToString(CultureInfo.InvariantCulture);
        }));
    }

    private static int Zeros(string challenge, int puzzle, string number)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{challenge}:{puzzle}:{number}")), hash);
        return BitOperations.LeadingZeroCount(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash));
    }
}
