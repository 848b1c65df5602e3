using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using Threadwell.Care.Questions;

namespace Threadwell.Questions.Bench;

/// <summary>
/// The work of <see cref="ProofOfWork"/>, done eight tries at a time, so that a flood of thousands of forms can be prepared in a minute: what a sender with a program of his own could do, and no browser does. The server checks every
/// proof with other code.
/// </summary>
internal static class PreparedWork
{
    private const int Lanes = 8;
    private const int BlockBytes = 64;
    private const int LengthBytes = 8;

    // FIPS 180-4, 4.2.2 and 5.3.3: the first 32 bits of the fractional parts of roots of the first primes.
    private static readonly uint[] Rounds = [.. Primes(64).Select(prime => Fraction(Math.Cbrt(prime), prime, 3))];
    private static readonly uint[] Start = [.. Primes(8).Select(prime => Fraction(Math.Sqrt(prime), prime, 2))];

    /// <summary>Does the work for a challenge.</summary>
    /// <param name="challenge">The challenge; with a puzzle and a number it fits one block of the hash.</param>
    /// <returns>The proof.</returns>
    public static string Do(string challenge) => string.Join('.', Enumerable.Range(0, ProofOfWork.Puzzles).Select(puzzle => Solve($"{challenge}:{puzzle}:").ToString(CultureInfo.InvariantCulture)));

    private static long Solve(string begins)
    {
        for (int digits = 4; ; digits++)
        {
            long first = (long)Math.Pow(10, digits - 1);
            byte[] block = Block(begins, digits);
            for (long number = first; number < 10 * first; number += Lanes)
            {
                Vector256<uint> hashes = FirstWords(block, begins.Length, digits, number);
                for (int lane = 0; lane < Lanes; lane++)
                {
                    if (BitOperations.LeadingZeroCount(hashes[lane]) >= ProofOfWork.Bits && number + lane < 10 * first)
                    {
                        return number + lane;
                    }
                }
            }
        }
    }

    // The text, a set bit, zeros, and the text's length in bits.
    private static byte[] Block(string begins, int digits)
    {
        int length = begins.Length + digits;
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(length, BlockBytes - LengthBytes);
        byte[] block = new byte[BlockBytes];
        Encoding.ASCII.GetBytes(begins, block);
        block[length] = 0x80;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(BlockBytes - LengthBytes), 8L * length);
        return block;
    }

    /// <summary>First word of the hash of the block with each of eight numbers that follow one another.</summary>
    private static Vector256<uint> FirstWords(byte[] block, int at, int digits, long number)
    {
        Span<uint> lanes = stackalloc uint[16 * Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            long rest = number + lane;
            for (int digit = digits - 1; digit >= 0; digit--)
            {
                (rest, long value) = Math.DivRem(rest, 10);
                block[at + digit] = (byte)('0' + value);
            }

            for (int word = 0; word < 16; word++)
            {
                lanes[(word * Lanes) + lane] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(4 * word));
            }
        }

        Span<Vector256<uint>> w = stackalloc Vector256<uint>[64];
        for (int word = 0; word < 16; word++)
        {
            w[word] = Vector256.Create<uint>(lanes.Slice(word * Lanes, Lanes));
        }

        for (int t = 16; t < 64; t++)
        {
            Vector256<uint> x = w[t - 15], y = w[t - 2];
            w[t] = w[t - 16] + (Turn(x, 7) ^ Turn(x, 18) ^ (x >>> 3)) + w[t - 7] + (Turn(y, 17) ^ Turn(y, 19) ^ (y >>> 10));
        }

        Vector256<uint> a = Vector256.Create(Start[0]), b = Vector256.Create(Start[1]), c = Vector256.Create(Start[2]), d = Vector256.Create(Start[3]);
        Vector256<uint> e = Vector256.Create(Start[4]), f = Vector256.Create(Start[5]), g = Vector256.Create(Start[6]), h = Vector256.Create(Start[7]);
        for (int t = 0; t < 64; t++)
        {
            Vector256<uint> first = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + ((e & f) ^ Vector256.AndNot(g, e)) + Vector256.Create(Rounds[t]) + w[t];
            Vector256<uint> second = (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        return a + Vector256.Create(Start[0]);
    }

    private static Vector256<uint> Turn(Vector256<uint> value, int bits) => (value >>> bits) | (value << (32 - bits));

    private static IEnumerable<int> Primes(int count) => Enumerable.Range(2, 400).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(count);

    // The root in double precision may miss the last of 32 bits: the greatest whole number whose power is not above the prime, in exact arithmetic, is right.
    private static uint Fraction(double near, int prime, int power)
    {
        BigInteger scaled = new BigInteger(prime) << (32 * power);
        var root = new BigInteger(near * Math.Pow(2, 32));
        while (BigInteger.Pow(root + 1, power) <= scaled)
        {
            root++;
        }

        while (BigInteger.Pow(root, power) > scaled)
        {
            root--;
        }

        return (uint)(root & uint.MaxValue);
    }
}
