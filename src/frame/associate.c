/* associate.c: measures of association.
 * Floor 5.
 *
 * Over the usual table of two by two: O11 = both, R1 = a, C1 = b, N = n; E11 = R1 C1 / N.
 *   log-likelihood  2 sum O ln(O / E) over the four cells; Dunning 1993, Accurate Methods for the
 *                   Statistics of Surprise and Coincidence; the sign of O11 - E11 put in front
 *   PMI             log2(O11 / E11); Church and Hanks 1990
 *   NPMI            PMI / -log2(O11 / N), between -1 and 1; Bouma 2009
 *   logDice         14 + log2(2 O11 / (R1 + C1)); Rychly 2008
 *   log ratio       log2((O11 / R1) / ((C1 - O11) / (N - R1))), 0.5 for a count of none; Hardie 2014
 *   Delta P         O11 / R1 - (C1 - O11) / (N - R1); Ellis 2006, Gries 2013 */
#include <math.h>

#include "frame/frame.h"

static const char *const names[NR_MEASURES] = {"loglikelihood", "pmi",      "npmi",
                                               "logdice",       "logratio", "deltap"};

const char *nr_measure_name(nr_measure measure)
{
  return names[measure];
}

bool nr_measure_named(nr_text name, nr_measure *measure)
{
  for (int i = 0; i < NR_MEASURES; i++)
    if (nr_text_equal(name, nr_text_of(names[i]))) {
      *measure = (nr_measure)i;
      return true;
    }
  return false;
}

static double cell(double observed, double expected)
{
  return observed <= 0 || expected <= 0 ? 0 : observed * log(observed / expected);
}

static double log_likelihood(double both, double a, double b, double n)
{
  double expected = a * b / n;
  double g = 2 * (cell(both, expected) + cell(a - both, a * (n - b) / n) + cell(b - both, (n - a) * b / n) +
                  cell(n - a - b + both, (n - a) * (n - b) / n));
  g = g < 0 ? 0 : g; /* rounding */
  return both < expected ? -g : g;
}

static double log_ratio(double both, double a, double b, double n)
{
  double elsewhere = b - both;
  if (n <= a)
    return NAN;
  return log2((both > 0 ? both : 0.5) / a / ((elsewhere > 0 ? elsewhere : 0.5) / (n - a)));
}

double nr_associate(nr_measure measure, double both, double a, double b, double n)
{
  if (!(a > 0) || !(b > 0) || !(n > 0))
    return NAN;
  double pmi = both > 0 ? log2(both * n / (a * b)) : -INFINITY;
  switch (measure) {
  case NR_LOG_LIKELIHOOD:
    return log_likelihood(both, a, b, n);
  case NR_PMI:
    return pmi;
  case NR_NPMI:
    return both <= 0 ? -1 : both >= n ? 1 : pmi / -log2(both / n);
  case NR_LOG_DICE:
    return both <= 0 ? -INFINITY : 14 + log2(2 * both / (a + b));
  case NR_LOG_RATIO:
    return log_ratio(both, a, b, n);
  default:
    return n <= a ? NAN : both / a - (b - both) / (n - a);
  }
}
