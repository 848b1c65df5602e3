using System.Buffers.Binary;

namespace Threadwell.Prediction;

/// <summary>
/// Points that fill the unit cube evenly: a Sobol sequence (Sobol 1967, doi 10.1016/0041-5553(67)90144-9) in which each coordinate is scrambled by a nested uniform
/// scrambling (Owen 1995), done by hashing (Burley 2020, JCGT 9(4)). Any first power of two points hold one in each of as many equal intervals of every coordinate.
/// </summary>
/// <remarks>
/// The primitive polynomials are found by trial, in rising order; the first direction numbers of each coordinate are odd numbers drawn from the seed, which the definition
/// leaves free. Tables with better pairs of coordinates exist for thousands of dimensions; below a few hundred points they do not show.
/// </remarks>
internal sealed class SobolSequence
{
    private const int Bits = 32;
    private const int LargestDegree = 12;

    private readonly uint[][] directions;
    private readonly uint[] seeds;

    /// <summary>Prepares a sequence.</summary>
    /// <param name="dimensions">Number of coordinates, at least 1.</param>
    /// <param name="seed">Seed of the scrambling.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one coordinate, or more than there are polynomials for.</exception>
    public SobolSequence(int dimensions, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        (int Degree, uint Coefficients)[] polynomials = [.. PrimitivePolynomials().Take(dimensions - 1)];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, polynomials.Length + 1);
        directions = new uint[dimensions][];
        seeds = new uint[dimensions];
        uint state = Mix((uint)seed + 0x9e3779b9u);
        for (int dimension = 0; dimension < dimensions; dimension++)
        {
            seeds[dimension] = state = Mix(state + 0x9e3779b9u);
            directions[dimension] = dimension == 0 ? [.. Enumerable.Range(1, Bits).Select(bit => 1u << (Bits - bit))] : Directions(polynomials[dimension - 1], ref state);
        }
    }

    /// <summary>One coordinate of one point, above 0 and below 1.</summary>
    /// <param name="index">Index of the point from 0.</param>
    /// <param name="dimension">Index of the coordinate.</param>
    public double this[int index, int dimension]
    {
        get
        {
            uint bits = 0;
            for (int bit = 0, rest = index; rest != 0; bit++, rest >>= 1)
            {
                bits ^= (rest & 1) == 1 ? directions[dimension][bit] : 0;
            }

            return (Scramble(bits, seeds[dimension]) + 0.5) / (1.0 + uint.MaxValue);
        }
    }

    private static uint[] Directions((int Degree, uint Coefficients) polynomial, ref uint state)
    {
        int degree = polynomial.Degree;
        var numbers = new uint[Bits];
        for (int bit = 0; bit < Bits; bit++)
        {
            if (bit < degree)
            {
                state = Mix(state + 0x9e3779b9u);
                numbers[bit] = (state % (1u << bit) * 2) + 1;
                continue;
            }

            uint number = numbers[bit - degree] ^ (numbers[bit - degree] << degree);
            for (int term = 1; term < degree; term++)
            {
                if (((polynomial.Coefficients >> (degree - term)) & 1) == 1)
                {
                    number ^= numbers[bit - term] << term;
                }
            }

            numbers[bit] = number;
        }

        return [.. numbers.Select((number, bit) => number << (Bits - 1 - bit))];
    }

    /// <summary>Polynomials over the field of two elements in whose residues x has the largest order possible; bit k of the coefficients belongs to x^k.</summary>
    private static IEnumerable<(int Degree, uint Coefficients)> PrimitivePolynomials()
    {
        for (int degree = 1; degree <= LargestDegree; degree++)
        {
            for (uint coefficients = (1u << degree) + 1; coefficients < 2u << degree; coefficients += 2)
            {
                if (OrderOfX(coefficients, degree) == (1u << degree) - 1)
                {
                    yield return (degree, coefficients);
                }
            }
        }
    }

    private static uint OrderOfX(uint polynomial, int degree)
    {
        uint power = 1;
        for (uint order = 1; order < 1u << degree; order++)
        {
            power <<= 1;
            power = (power >> degree) == 1 ? power ^ polynomial : power;
            if (power == 1)
            {
                return order;
            }
        }

        return 0;
    }

    // Every digit is flipped or not by a hash of the digits above it.
    private static uint Scramble(uint bits, uint seed)
    {
        uint reversed = Reverse(bits);
        reversed += seed;
        reversed ^= reversed * 0x6c50b47cu;
        reversed ^= reversed * 0xb82f1e52u;
        reversed ^= reversed * 0xc7afe638u;
        reversed ^= reversed * 0x8d22f6e6u;
        return Reverse(reversed);
    }

    private static uint Reverse(uint bits)
    {
        bits = ((bits >> 1) & 0x55555555u) | ((bits & 0x55555555u) << 1);
        bits = ((bits >> 2) & 0x33333333u) | ((bits & 0x33333333u) << 2);
        bits = ((bits >> 4) & 0x0f0f0f0fu) | ((bits & 0x0f0f0f0fu) << 4);
        return BinaryPrimitives.ReverseEndianness(bits);
    }

    private static uint Mix(uint value)
    {
        value ^= value >> 16;
        value *= 0x7feb352du;
        value ^= value >> 15;
        value *= 0x846ca68bu;
        return value ^ (value >> 16);
    }
}
