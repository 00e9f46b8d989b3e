--- Given names that open a person's name in news of the world: evidence of shape, not a register.
local list = {}
for name in ([[
  Aaron Abdul Abdullah Abigail Abraham Adam Adrian Ahmad Ahmed Aisha Akira Alan Albert Alberto Aldo Alejandro Aleksandar Aleksandr Aleksei
  Alessandro Alex Alexander Alexandra Alexandre Alexandria Alexei Alexey Alexis Alfonso Alfred Ali Alice Alicia Alison Allan Allen Allison
  Alma Alvin Amanda Amber Ambrose Amelia Amina Amir Amit Amy Ana Anatoly Anders Andre Andrea Andreas Andrei Andrej Andrew Andrey Andrii
  Andriy Andrzej Andy Angela Angelina Angus Anita Ann Anna Anne Annette Annie Anthony Antoine Anton Antonio Antony April Archibald Ariel Arkady Arlene
  Armando Arnold Arseniy Artem Arthur Arturo Asha Ashley Ashraf Audrey Augustus Aung Austin Ayman Barack Barbara Barry Bart Bashar Beatrice
  Ben Benedict Benjamin Bernard Bernie Bertrand Beth Betsy Betty Beverly Bill Billy Bob Bobby Bogdan Boris Brad Bradley Brandon Brenda Brent
  Brett Brian Bridget Brigitte Britney Brooke Bruce Bruno Bryan Byron Calvin Cameron Camilla Carl Carla Carlo Carlos Carmen Carol Carole
  Caroline Carolyn Carrie Catherine Cathy Cecil Cecilia Cedric Cesar Chad Charles Charlie Charlotte Chelsea Cheryl Chester Chloe Chris
  Christian Christiane Christina Christine Christopher Chuck Cindy Claire Clara Clarence Clark Claude Claudia Claudio Clayton Clifford Clint
  Clive Clyde Cody Colin Colleen Connie Connor Conrad Corey Cory Craig Cristiano Crystal Curtis Cynthia Cyril Daisy Dale Damian Damien Dan
  Dana Daniel Daniela Danielle Danny Daria Darren Dave David Dawn Dean Deborah Debra Denis Denise Dennis Denys Derek Derrick Desmond
  Diana Diane Diego Dieter Dimitri Dina Dmitri Dmitriy Dmitry Dmytro Dolores Dominic Dominique Don Donald Donna Doris Dorothy Doug Douglas
  Drew Duane Duncan Dustin Dylan Earl Ed Eddie Edgar Edith Edmund Eduard Eduardo Edward Edwin Eileen Elaine Eleanor Elena Eli Elias Elijah
  Elisabeth Elise Eliza Elizabeth Ella Ellen Elliott Elon Elsa Emanuel Emil Emily Emma Emmanuel Enrique Eric Erica Erich Erik Erika Erin
  Ernest Ernst Estelle Esther Ethan Eugene Eva Evan Eve Evelyn Evgeny Ezra Faisal Fatima Felicity Felipe Felix Fernando Fiona Florence
  Floyd Frances Francesca Francesco Francis Francisco Franco Francois Frank Franklin Franz Fred Freddie Frederick Frederic Friedrich Fyodor
  Gabriel Gabriela Gareth Garry Gary Gavin Gene Gennady Geoff Geoffrey George Georges Georgy Gerald Gerard Gerhard Gerry Gertrude
  Gianni Gilbert Gina Giorgia Giorgio Giovanni Giulia Giuseppe Gladys Glen Glenn Gloria Gordon Grace Graham Greg Gregory Greta Guido
  Guillermo Gunter Gustav Guy Haley Hamid Hamza Hank Hannah Hans Harold Harriet Harrison Harry Harvey Hasan Hashim Hassan Heather
  Heinrich Heinz Helen Helena Helga Helmut Henri Henrik Henry Herbert Herman Hermann Hiroshi Hillary Hossein Howard Hugh Hugo Hussein Ian Ibrahim Ida Igor Ilham
  Ilya Imran Ingrid Ira Irene Irina Iris Irving Isaac Isabel Isabella Isaiah Ismail Ivan Ivanka Ivo Jack Jackie Jackson Jacob Jacqueline
  Jacques Jaime Jake Jakob James Jamie Jan Jana Jane Janet Janice Jared Jasmine Jason Javier Jay Jean Jeanne Jeb Jeff Jeffrey Jen Jenna Jennifer
  Jenny Jens Jeremy Jerome Jerry Jesse Jessica Jill Jim Jimmy Jo Joan Joanna Joanne Joao Joaquin Jodie Joe Joel Joerg Johan Johann Johannes
  John Johnny Jon Jonas Jonathan Jordan Jorge Jose Josef Joseph Josephine Josh Joshua Joyce Juan Juanita Judith Judy Jules Julia Julian
  Juliana Julie Julien Juliet Julio Julius Jun June Jurgen Justin Kaja Kamala Karel Karen Karim Karin Karl Karoline Kate Katherine
  Kathleen Kathryn Kathy Katie Katrina Kay Kayla Keir Keith Kelly Ken Kendall Kendra Kenneth Kenny Kent Kevin Khalid Kim Kimberly Kirill
  Kirk Klaus Kofi Konrad Konstantin Kristen Kristin Kristina Kurt Kyle Kylie Kyrylo Lance Larry Lars Laura Lauren Laurence Laurent Lawrence Lea Leah
  Lee Leila Len Lena Leo Leon Leonard Leonardo Leonid Leroy Leslie Lester Lev Lewis Liam Lidia Lillian Lily Linda Lindsay Lindsey Lionel Lisa
  Liz Lloyd Logan Lois Lora Loretta Lorraine Lou Louis Louisa Louise Luca Lucas Lucia Lucy Ludwig Luigi Luis Luise Luiz Lukas Luke Luther
  Lydia Lyndon Lynn Mackenzie Madeleine Madeline Maggie Mahmoud Maia Malcolm Manfred Manuel Marc Marcel Marcelo Marcia Marco Marcus Margaret
  Margot Maria Marian Marie Marilyn Marina Mario Marion Marjorie Mark Marlene Marshall Martha Martin Martina Marvin Mary Masoud Mateo
  Mathew Mathias Matt Matteo Matthew Matthias Maureen Maurice Max Maxim Maxime Maxine Maya Megan Mehmet Melanie Melinda Melissa Mercedes
  Meredith Mette Micah Michael Michel Michele Michelle Miguel Mihail Mike Mikhail Mikheil Milan Mildred Miles Milton Mina Miranda Miriam Mitch Mitchell Mitt
  Mohamed Mohammad Mohammed Mohamad Moira Molly Mona Monica Monique Morgan Morris Moses Muammar Muhammad Murray Mustafa Mykhailo Mykola Myra Nadia
  Nancy Naomi Narendra Natalia Natalie Natasha Nathan Nathaniel Neil Nelson Nicholas Nick Nicola Nicolas Nicole Nigel Nikita Nikol Nikolai Nikolay
  Nina Noah Noel Nora Norma Norman Nursultan Octavio Oleg Oleh Oleksandr Oleksii Oleksiy Olena Olga Oliver Olivia Omar Orlando Oscar
  Osama Oswald Otto Owen Pablo Paddy Pamela Paolo Pascal Pat Patricia Patrick Patti Paul Paula Paulo Pauline Pavel Pavlo Pedro Peggy Penelope Penny Percy
  Perry Pete Peter Petr Petra Petro Phil Philip Philipp Philippe Phillip Phoebe Phyllis Pierre Piers Piotr Priscilla Priya Rachel Radek Rafael Rahul Rainer Raj
  Ralf Ralph Ramon Ramzan Rand Randall Randolph Randy Raphael Rashid Raul Ravi Ray Raymond Rebecca Recep Reggie Regina Reginald Reinhard Rene
  Rex Ricardo Riccardo Richard Rick Ricky Rita Rob Robert Roberta Roberto Robin Robyn Rod Roderick Rodney Rodrigo Roger Roland Rolf Roman
  Romano Ron Ronald Ronan Ronnie Rosa Rosalind Rose Rosemary Ross Roy Ruby Rudolf Rudolph Rudy Rupert Ruslan Russell Rustem Ruth Ryan Sabrina
  Saddam Sadiq Sally Salvador Salvatore Sam Samantha Samir Samuel Sandra Sanjay Santiago Sara Sarah Saul Scott Sean Sebastian Sergei
  Sergey Sergii Sergio Serhii Serhiy Seth Seymour Shane Shannon Sharon Shaun Shawn Sheila Sheldon Shelley Shimon Shinzo Shirley Sidney Siegfried Sigmund Silvia
  Silvio Simon Simone Sofia Sonia Sophia Sophie Spencer Stacey Stacy Stan Stanislav Stanley Stefan Stefano Stella Stephan Stephanie Stephen
  Steve Steven Stewart Stuart Sue Sumner Susan Susanne Suzanne Svetlana Sven Sviatlana Sybil Sylvia Tamara Tammy Tanya Tara Tariq Tatiana Taylor Ted Terence
  Teresa Terri Terry Thaddeus Thea Thelma Theo Theodore Theresa Thom Thomas Tiffany Tim Timothy Tina Tobias Toby Todd Tom Tomas Tommy Toni
  Tony Tracey Tracy Travis Trevor Tricia Trinity Tristan Troy Tulsi Tyler Ulrich Ulrike Uma Umberto Ursula Valentin Valentina Valeria Valerie Valerii Valery
  Vanessa Vasily Vera Verna Vernon Veronica Vicki Victor Victoria Viktor Vince Vincent Viola Virginia Vitali Vitaliy Vitaly Vittorio Vivian Vlad Vladimir
  Volker Volodymyr Vyacheslav Wade Wallace Walter Wanda Warren Wayne Wendell Wendy Werner Wesley Whitney Wilbur Wilhelm Will Willard William Willie Willy
  Wilma Winston Wolfgang Woodrow Xavier Yann Yasmin Yasser Yevgeny Yitzhak Yoko Yolanda Yoshihide Yulia Yuri Yury Yusuf Yves Yvette
  Yvonne Zachary Zoe Zoltan
]]):gmatch "%S+" do
  list[name] = true
end
return list
